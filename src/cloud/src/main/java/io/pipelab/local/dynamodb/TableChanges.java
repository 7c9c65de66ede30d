package io.pipelab.local.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The calls that make an existing table into the one that a template now describes. */
final class TableChanges {
  private TableChanges() {}

  /** One UpdateTable for each thing that changed: DynamoDB takes one index change a call. */
  static List<UpdateTableRequest> between(
      String name, CreateTableRequest was, CreateTableRequest now) {
    List<UpdateTableRequest> changes = new ArrayList<>();
    changes.add(plainChanges(was, now));
    changes.addAll(streamChanges(was, now));
    changes.addAll(indexChanges(was, now));
    UpdateTableRequest nothing = UpdateTableRequest.builder().build();
    changes.removeIf(nothing::equals);
    return changes.stream().map(change -> change.toBuilder().tableName(name).build()).toList();
  }

  private static UpdateTableRequest plainChanges(CreateTableRequest was, CreateTableRequest now) {
    UpdateTableRequest.Builder plain = UpdateTableRequest.builder();
    if (!same(was.billingModeAsString(), now.billingModeAsString())
        || !same(was.provisionedThroughput(), now.provisionedThroughput())) {
      plain
          .billingMode(
              now.billingModeAsString() == null ? "PROVISIONED" : now.billingModeAsString())
          .provisionedThroughput(now.provisionedThroughput());
    }
    if (!same(was.sseSpecification(), now.sseSpecification())) {
      plain.sseSpecification(
          now.sseSpecification() == null
              ? SSESpecification.builder().enabled(false).build()
              : now.sseSpecification());
    }
    if (!same(was.tableClassAsString(), now.tableClassAsString())) {
      plain.tableClass(now.tableClassAsString() == null ? "STANDARD" : now.tableClassAsString());
    }
    if (!same(was.deletionProtectionEnabled(), now.deletionProtectionEnabled())) {
      plain.deletionProtectionEnabled(Boolean.TRUE.equals(now.deletionProtectionEnabled()));
    }
    return plain.build();
  }

  /** A stream's view cannot be changed: it is switched off, and another one on. */
  private static List<UpdateTableRequest> streamChanges(
      CreateTableRequest was, CreateTableRequest now) {
    List<UpdateTableRequest> changes = new ArrayList<>();
    if (same(was.streamSpecification(), now.streamSpecification())) {
      return changes;
    }
    if (was.streamSpecification() != null) {
      changes.add(
          UpdateTableRequest.builder().streamSpecification(s -> s.streamEnabled(false)).build());
    }
    if (now.streamSpecification() != null) {
      changes.add(
          UpdateTableRequest.builder().streamSpecification(now.streamSpecification()).build());
    }
    return changes;
  }

  private static List<UpdateTableRequest> indexChanges(
      CreateTableRequest was, CreateTableRequest now) {
    Map<String, GlobalSecondaryIndex> old = new HashMap<>();
    was.globalSecondaryIndexes().forEach(index -> old.put(index.indexName(), index));
    List<GlobalSecondaryIndexUpdate> updates = new ArrayList<>();
    for (GlobalSecondaryIndex index : now.globalSecondaryIndexes()) {
      GlobalSecondaryIndex before = old.remove(index.indexName());
      if (index.equals(before)) {
        continue;
      }
      if (before != null) {
        updates.add(
            GlobalSecondaryIndexUpdate.builder()
                .delete(d -> d.indexName(index.indexName()))
                .build());
      }
      updates.add(
          GlobalSecondaryIndexUpdate.builder()
              .create(
                  c ->
                      c.indexName(index.indexName())
                          .keySchema(index.keySchema())
                          .projection(index.projection())
                          .provisionedThroughput(index.provisionedThroughput()))
              .build());
    }
    old.keySet()
        .forEach(
            gone ->
                updates.add(
                    0,
                    GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName(gone)).build()));
    return updates.stream()
        .map(
            update ->
                UpdateTableRequest.builder()
                    .attributeDefinitions(now.attributeDefinitions())
                    .globalSecondaryIndexUpdates(update)
                    .build())
        .toList();
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return Objects.equals(one, other);
  }
}
