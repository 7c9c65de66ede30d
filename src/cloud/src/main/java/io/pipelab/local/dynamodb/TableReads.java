package io.pipelab.local.dynamodb;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Scan, Query and SELECT: a page of any of them takes bounded memory ({@link PagedRead}). */
final class TableReads {
  /** What one read capacity unit reads, strongly consistent; twice as much eventually so. */
  private static final int BYTES_A_UNIT = 4096;

  private final DynamoDbLocal engine;

  TableReads(DynamoDbLocal engine) {
    this.engine = engine;
  }

  ScanResponse scan(ScanRequest request) {
    if (isTooSmall(request.limit())) {
      return engine.items(client -> client.scan(request));
    }
    PagedRead.Bite<Map<String, AttributeValue>> bites =
        (limit, from) -> {
          ScanRequest bite =
              request.toBuilder()
                  .limit(limit)
                  .exclusiveStartKey(from)
                  .returnConsumedCapacity(measured(request.returnConsumedCapacity()))
                  .build();
          ScanResponse read = engine.items(client -> client.scan(bite));
          return new ReadPage<>(
              read.items(),
              read.count(),
              read.scannedCount(),
              next(read.lastEvaluatedKey()),
              bytes(read.consumedCapacity(), request.consistentRead()),
              read.consumedCapacity());
        };
    ReadPage<Map<String, AttributeValue>> page =
        PagedRead.of(
            bites,
            request.limit(),
            request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null);
    return ScanResponse.builder()
        .items(request.select() == Select.COUNT ? null : page.items())
        .count(page.count())
        .scannedCount(page.scanned())
        .lastEvaluatedKey(page.next())
        .consumedCapacity(told(request.returnConsumedCapacity(), page.capacity()))
        .build();
  }

  QueryResponse query(QueryRequest request) {
    if (isTooSmall(request.limit())) {
      return engine.items(client -> client.query(request));
    }
    PagedRead.Bite<Map<String, AttributeValue>> bites =
        (limit, from) -> {
          QueryRequest bite =
              request.toBuilder()
                  .limit(limit)
                  .exclusiveStartKey(from)
                  .returnConsumedCapacity(measured(request.returnConsumedCapacity()))
                  .build();
          QueryResponse read = engine.items(client -> client.query(bite));
          return new ReadPage<>(
              read.items(),
              read.count(),
              read.scannedCount(),
              next(read.lastEvaluatedKey()),
              bytes(read.consumedCapacity(), request.consistentRead()),
              read.consumedCapacity());
        };
    ReadPage<Map<String, AttributeValue>> page =
        PagedRead.of(
            bites,
            request.limit(),
            request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null);
    return QueryResponse.builder()
        .items(request.select() == Select.COUNT ? null : page.items())
        .count(page.count())
        .scannedCount(page.scanned())
        .lastEvaluatedKey(page.next())
        .consumedCapacity(told(request.returnConsumedCapacity(), page.capacity()))
        .build();
  }

  /**
   * A SELECT of PartiQL reads like a Scan or a Query, but the engine does not tell what that
   * consumed; other statements write one item.
   */
  ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    String statement = request.statement();
    boolean reads =
        statement != null && statement.strip().toLowerCase(Locale.ROOT).startsWith("select");
    if (!reads || isTooSmall(request.limit())) {
      return engine.items(client -> client.executeStatement(request));
    }
    PagedRead.Bite<String> bites =
        (limit, from) -> {
          ExecuteStatementRequest bite =
              request.toBuilder()
                  .limit(limit)
                  .nextToken(from)
                  .returnConsumedCapacity(measured(request.returnConsumedCapacity()))
                  .build();
          ExecuteStatementResponse read = engine.items(client -> client.executeStatement(bite));
          String next = read.nextToken();
          return new ReadPage<>(
              read.items(),
              read.items().size(),
              next == null ? read.items().size() : limit,
              next,
              ItemBytes.of(read.items()),
              read.consumedCapacity());
        };
    ReadPage<String> page = PagedRead.of(bites, request.limit(), request.nextToken());
    return ExecuteStatementResponse.builder()
        .items(page.items())
        .nextToken(page.next())
        .consumedCapacity(told(request.returnConsumedCapacity(), page.capacity()))
        .build();
  }

  /** The engine refuses it in DynamoDB's words. */
  private static boolean isTooSmall(@Nullable Integer limit) {
    return limit != null && limit < 1;
  }

  private static @Nullable Map<String, AttributeValue> next(Map<String, AttributeValue> key) {
    return key.isEmpty() ? null : key;
  }

  private static long bytes(@Nullable ConsumedCapacity capacity, @Nullable Boolean consistent) {
    double units = capacity == null ? 0 : capacity.capacityUnits();
    return Math.round(units * BYTES_A_UNIT * (Boolean.TRUE.equals(consistent) ? 1 : 2));
  }

  private static ReturnConsumedCapacity measured(@Nullable ReturnConsumedCapacity asked) {
    return asked == ReturnConsumedCapacity.INDEXES ? asked : ReturnConsumedCapacity.TOTAL;
  }

  private static @Nullable ConsumedCapacity told(
      @Nullable ReturnConsumedCapacity asked, @Nullable ConsumedCapacity capacity) {
    return asked == null || asked == ReturnConsumedCapacity.NONE ? null : capacity;
  }
}
