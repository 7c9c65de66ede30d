package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.CloudIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The engine's description of a table, made into that of this cloud's table. */
final class TableDescriptions {
  /** No table is from so late a year: the engine gives milliseconds where seconds belong. */
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private static final String ENGINE_ARN = "arn:aws:dynamodb:ddblocal:000000000000:";

  private final CloudIdentity identity;

  TableDescriptions(CloudIdentity identity) {
    this.identity = identity;
  }

  TableDescription of(TableDescription engine, TableSettings settings) {
    String tableClass = settings.tableClass();
    TableDescription.Builder table =
        engine.toBuilder()
            .tableId(settings.tableId)
            .tableArn(arn(engine.tableArn()))
            .latestStreamArn(arn(engine.latestStreamArn()))
            .creationDateTime(time(engine.creationDateTime()))
            .billingModeSummary(billing(engine.billingModeSummary()))
            .provisionedThroughput(throughput(engine.provisionedThroughput()))
            .sseDescription(settings.encryption());
    if (tableClass != null) {
      table.tableClassSummary(summary -> summary.tableClass(tableClass));
    }
    if (engine.hasGlobalSecondaryIndexes()) {
      table.globalSecondaryIndexes(
          engine.globalSecondaryIndexes().stream()
              .map(
                  index ->
                      index.toBuilder()
                          .indexArn(arn(index.indexArn()))
                          .provisionedThroughput(throughput(index.provisionedThroughput()))
                          .build())
              .toList());
    }
    if (engine.hasLocalSecondaryIndexes()) {
      table.localSecondaryIndexes(
          engine.localSecondaryIndexes().stream()
              .map(index -> index.toBuilder().indexArn(arn(index.indexArn())).build())
              .toList());
    }
    return table.build();
  }

  private @Nullable String arn(@Nullable String engine) {
    return engine == null ? null : engine.replace(ENGINE_ARN, identity.arn("dynamodb", ""));
  }

  private static @Nullable Instant time(@Nullable Instant engine) {
    return engine == null || engine.isBefore(FAR)
        ? engine
        : Instant.ofEpochMilli(engine.getEpochSecond());
  }

  private static @Nullable BillingModeSummary billing(@Nullable BillingModeSummary engine) {
    if (engine == null || engine.billingMode() == BillingMode.PROVISIONED) {
      return engine;
    }
    return engine.toBuilder()
        .lastUpdateToPayPerRequestDateTime(time(engine.lastUpdateToPayPerRequestDateTime()))
        .build();
  }

  /** The engine says 1970 for what never happened. */
  private static @Nullable ProvisionedThroughputDescription throughput(
      @Nullable ProvisionedThroughputDescription engine) {
    return engine == null
        ? null
        : engine.toBuilder()
            .lastIncreaseDateTime(happened(engine.lastIncreaseDateTime()))
            .lastDecreaseDateTime(happened(engine.lastDecreaseDateTime()))
            .build();
  }

  private static @Nullable Instant happened(@Nullable Instant engine) {
    return Instant.EPOCH.equals(engine) ? null : time(engine);
  }
}
