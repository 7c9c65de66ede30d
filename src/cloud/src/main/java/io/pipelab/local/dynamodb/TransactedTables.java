package io.pipelab.local.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * The tables of a transaction, which may be named by ARN as in any other request: the engine takes
 * their names alone.
 */
final class TransactedTables {
  private TransactedTables() {}

  static TransactGetItemsRequest named(TransactGetItemsRequest request) {
    return request.toBuilder()
        .transactItems(request.transactItems().stream().map(TransactedTables::named).toList())
        .build();
  }

  private static TransactGetItem named(TransactGetItem item) {
    return item.get() == null
        ? item
        : item.toBuilder()
            .get(item.get().toBuilder().tableName(Tables.name(item.get().tableName())).build())
            .build();
  }

  static TransactWriteItemsRequest named(TransactWriteItemsRequest request) {
    return request.toBuilder()
        .transactItems(request.transactItems().stream().map(TransactedTables::named).toList())
        .build();
  }

  private static TransactWriteItem named(TransactWriteItem item) {
    TransactWriteItem.Builder named = item.toBuilder();
    if (item.put() != null) {
      named.put(item.put().toBuilder().tableName(Tables.name(item.put().tableName())).build());
    }
    if (item.update() != null) {
      named.update(
          item.update().toBuilder().tableName(Tables.name(item.update().tableName())).build());
    }
    if (item.delete() != null) {
      named.delete(
          item.delete().toBuilder().tableName(Tables.name(item.delete().tableName())).build());
    }
    if (item.conditionCheck() != null) {
      named.conditionCheck(
          item.conditionCheck().toBuilder()
              .tableName(Tables.name(item.conditionCheck().tableName()))
              .build());
    }
    return named.build();
  }
}
