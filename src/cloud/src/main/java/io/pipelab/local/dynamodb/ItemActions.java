package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.Actions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The actions on items: the engine's own, but that long reads are cut into small ones, and that
 * what it refuses is told in the service's words.
 */
final class ItemActions {
  private final DynamoDbLocal engine;
  private final TableReads reads;
  private final ServiceWords words;

  ItemActions(DynamoDbLocal engine) {
    this.engine = engine;
    this.reads = new TableReads(engine);
    this.words = new ServiceWords(engine);
  }

  void addTo(Actions actions) {
    actions
        .on(
            PutItemRequest.class,
            r ->
                words.of(
                    () -> engine.items(c -> c.putItem(r)),
                    () -> words.keys(r.tableName()).item(r.item())))
        .on(
            GetItemRequest.class,
            r -> words.of(() -> engine.items(c -> c.getItem(r)), () -> key(r.tableName(), r.key())))
        .on(UpdateItemRequest.class, this::updateItem)
        .on(
            DeleteItemRequest.class,
            r ->
                words.of(
                    () -> engine.items(c -> c.deleteItem(r)), () -> key(r.tableName(), r.key())))
        .on(QueryRequest.class, r -> words.ofQuery(r, () -> reads.query(r)))
        .on(ScanRequest.class, r -> words.ofScan(r, () -> reads.scan(r)))
        .on(BatchGetItemRequest.class, this::batchGetItem)
        .on(BatchWriteItemRequest.class, this::batchWriteItem)
        .on(TransactGetItemsRequest.class, this::transactGetItems)
        .on(TransactWriteItemsRequest.class, this::transactWriteItems)
        .on(ExecuteStatementRequest.class, reads::executeStatement)
        .on(BatchExecuteStatementRequest.class, r -> engine.items(c -> c.batchExecuteStatement(r)))
        .on(ExecuteTransactionRequest.class, r -> engine.items(c -> c.executeTransaction(r)));
  }

  /** Of nested attributes the engine answers the whole one; the service what was written alone. */
  private UpdateItemResponse updateItem(UpdateItemRequest request) {
    UpdateItemResponse updated =
        words.of(
            () -> engine.items(c -> c.updateItem(request)),
            () -> key(request.tableName(), request.key()));
    boolean some =
        request.returnValues() == ReturnValue.UPDATED_NEW
            || request.returnValues() == ReturnValue.UPDATED_OLD;
    if (!some || request.updateExpression() == null || !updated.hasAttributes()) {
      return updated;
    }
    Map<String, AttributeValue> written =
        UpdatedPaths.of(request.updateExpression(), request.expressionAttributeNames())
            .of(updated.attributes());
    return updated.toBuilder().attributes(written.isEmpty() ? null : written).build();
  }

  private BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return words.of(
        () -> engine.items(c -> c.batchGetItem(request)),
        () ->
            request.requestItems().entrySet().stream()
                .map(
                    each ->
                        ServiceWords.firstKey(words.keys(each.getKey()), each.getValue().keys()))
                .flatMap(Optional::stream)
                .findFirst());
  }

  private BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return words.of(
        () -> engine.items(c -> c.batchWriteItem(request)),
        () ->
            request.requestItems().entrySet().stream()
                .flatMap(
                    table ->
                        table.getValue().stream()
                            .map(each -> wrong(words.keys(table.getKey()), each)))
                .flatMap(Optional::stream)
                .findFirst());
  }

  private static Optional<String> wrong(TableKeys keys, WriteRequest write) {
    return write.putRequest() == null
        ? keys.key(write.deleteRequest().key())
        : keys.item(write.putRequest().item());
  }

  private TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return words.ofTransaction(
        () -> engine.items(c -> c.transactGetItems(TransactedTables.named(request))),
        () ->
            request.transactItems().stream()
                .map(TransactGetItem::get)
                .map(each -> key(each.tableName(), each.key())));
  }

  private TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return words.ofTransaction(
        () -> engine.items(c -> c.transactWriteItems(TransactedTables.named(request))),
        () -> request.transactItems().stream().map(this::wrong));
  }

  private Optional<String> wrong(TransactWriteItem item) {
    if (item.put() != null) {
      return words.keys(item.put().tableName()).item(item.put().item());
    }
    if (item.update() != null) {
      return key(item.update().tableName(), item.update().key());
    }
    if (item.delete() != null) {
      return key(item.delete().tableName(), item.delete().key());
    }
    return item.conditionCheck() == null
        ? Optional.empty()
        : key(item.conditionCheck().tableName(), item.conditionCheck().key());
  }

  private Optional<String> key(@Nullable String table, Map<String, AttributeValue> key) {
    return words.keys(table).key(key);
  }
}
