package io.pipelab.local.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** 2,500 items of about a kilobyte below one partition key. */
class TableReadsIT {
  private static final int ITEMS = 2500;
  private static final int A_PAGE = 1024;

  private static DynamoDbLocal engine;
  private static TableReads reads;

  @BeforeAll
  static void fill(@TempDir Path folder) {
    engine = new DynamoDbLocal(folder);
    reads = new TableReads(engine);
    engine
        .client()
        .createTable(
            r ->
                r.tableName("many")
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(
                        p -> p.attributeName("p").keyType("HASH"),
                        s -> s.attributeName("s").keyType("RANGE"))
                    .attributeDefinitions(
                        p -> p.attributeName("p").attributeType("S"),
                        s -> s.attributeName("s").attributeType("N")));
    for (int first = 0; first < ITEMS; first += 25) {
      List<WriteRequest> batch =
          IntStream.range(first, first + 25)
              .mapToObj(
                  i ->
                      WriteRequest.builder()
                          .putRequest(PutRequest.builder().item(item(i)).build())
                          .build())
              .toList();
      engine.client().batchWriteItem(r -> r.requestItems(Map.of("many", batch)));
    }
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static Map<String, AttributeValue> item(int i) {
    return Map.of(
        "p", AttributeValue.fromS("one"),
        "s", AttributeValue.fromN(String.valueOf(i)),
        "body", AttributeValue.fromS("x".repeat(1000)));
  }

  @Test
  void aScanWithoutALimitEndsAtAMegabyteEvenWhenItsFilterLetsNothingPass() {
    ScanResponse page =
        reads.scan(
            ScanRequest.builder()
                .tableName("many")
                .filterExpression("body = :nothing")
                .expressionAttributeValues(Map.of(":nothing", AttributeValue.fromS("y")))
                .build());
    assertEquals(0, page.count());
    assertEquals(List.of(), page.items());
    assertEquals(A_PAGE, page.scannedCount(), 40);
    assertTrue(page.hasLastEvaluatedKey());
    assertNull(page.consumedCapacity());
  }

  @Test
  void theWholeTableIsReadByPages() {
    int items = 0;
    int pages = 0;
    Map<String, AttributeValue> from = null;
    do {
      ScanResponse page =
          reads.scan(
              ScanRequest.builder()
                  .tableName("many")
                  .select(Select.COUNT)
                  .consistentRead(true)
                  .exclusiveStartKey(from)
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                  .build());
      items += page.count();
      pages++;
      assertFalse(page.hasItems());
      assertTrue(page.consumedCapacity().capacityUnits() > 100);
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
    assertEquals(ITEMS, items);
    assertEquals(3, pages);
  }

  @Test
  void aLimitIsKept() {
    ScanResponse page = reads.scan(ScanRequest.builder().tableName("many").limit(700).build());
    assertEquals(700, page.items().size());
    assertTrue(page.hasLastEvaluatedKey());
  }

  @Test
  void aQueryIsReadByPagesInItsOrder() {
    QueryRequest query =
        QueryRequest.builder()
            .tableName("many")
            .keyConditionExpression("p = :p")
            .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("one")))
            .scanIndexForward(false)
            .build();
    QueryResponse first = reads.query(query);
    assertEquals(A_PAGE, first.count(), 40);
    QueryResponse second =
        reads.query(query.toBuilder().exclusiveStartKey(first.lastEvaluatedKey()).build());
    assertEquals(
        IntStream.range(0, first.count() + second.count())
            .mapToObj(i -> String.valueOf(ITEMS - 1 - i))
            .toList(),
        List.of(first, second).stream()
            .flatMap(page -> page.items().stream())
            .map(item -> requireNonNull(item.get("s")).n())
            .toList());
  }

  @Test
  void aSelectIsReadByPages() {
    ExecuteStatementRequest select =
        ExecuteStatementRequest.builder().statement("SELECT * FROM many").build();
    var first = reads.executeStatement(select);
    assertEquals(A_PAGE, first.items().size(), 40);
    var second = reads.executeStatement(select.toBuilder().nextToken(first.nextToken()).build());
    var third = reads.executeStatement(select.toBuilder().nextToken(second.nextToken()).build());
    assertEquals(ITEMS, first.items().size() + second.items().size() + third.items().size());
    assertNull(third.nextToken());
  }
}
