package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.Actions;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The actions on items: the engine's own, but that long reads are cut into small ones. */
final class ItemActions {
  private final DynamoDbLocal engine;
  private final TableReads reads;

  ItemActions(DynamoDbLocal engine) {
    this.engine = engine;
    this.reads = new TableReads(engine);
  }

  void addTo(Actions actions) {
    actions
        .on(PutItemRequest.class, r -> engine.items(c -> c.putItem(r)))
        .on(GetItemRequest.class, r -> engine.items(c -> c.getItem(r)))
        .on(UpdateItemRequest.class, r -> engine.items(c -> c.updateItem(r)))
        .on(DeleteItemRequest.class, r -> engine.items(c -> c.deleteItem(r)))
        .on(QueryRequest.class, reads::query)
        .on(ScanRequest.class, reads::scan)
        .on(BatchGetItemRequest.class, r -> engine.items(c -> c.batchGetItem(r)))
        .on(BatchWriteItemRequest.class, r -> engine.items(c -> c.batchWriteItem(r)))
        .on(
            TransactGetItemsRequest.class,
            r -> engine.items(c -> c.transactGetItems(TransactedTables.named(r))))
        .on(
            TransactWriteItemsRequest.class,
            r -> engine.items(c -> c.transactWriteItems(TransactedTables.named(r))))
        .on(ExecuteStatementRequest.class, reads::executeStatement)
        .on(BatchExecuteStatementRequest.class, r -> engine.items(c -> c.batchExecuteStatement(r)))
        .on(ExecuteTransactionRequest.class, r -> engine.items(c -> c.executeTransaction(r)));
  }
}
