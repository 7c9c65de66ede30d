package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.TagList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.Endpoint;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** The actions on tables themselves. */
final class TableActions {
  private static final int MAX_TAGS = 50;
  private static final int RECOVERY_DAYS = 35;

  private final CloudIdentity identity;
  private final Tables tables;
  private final DynamoDbLocal engine;

  TableActions(CloudIdentity identity, Tables tables, DynamoDbLocal engine) {
    this.identity = identity;
    this.tables = tables;
    this.engine = engine;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateTableRequest.class, this::createTable)
        .on(DescribeTableRequest.class, this::describeTable)
        .on(UpdateTableRequest.class, this::updateTable)
        .on(DeleteTableRequest.class, this::deleteTable)
        .on(ListTablesRequest.class, r -> engine.client().listTables(r))
        .on(DescribeTimeToLiveRequest.class, r -> engine.items(c -> c.describeTimeToLive(r)))
        .on(UpdateTimeToLiveRequest.class, r -> engine.items(c -> c.updateTimeToLive(r)))
        .on(DescribeContinuousBackupsRequest.class, this::describeContinuousBackups)
        .on(UpdateContinuousBackupsRequest.class, this::updateContinuousBackups)
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsOfResourceRequest.class, this::listTagsOfResource)
        .on(DescribeLimitsRequest.class, this::describeLimits)
        .on(DescribeEndpointsRequest.class, this::describeEndpoints);
  }

  private CreateTableResponse createTable(CreateTableRequest request) {
    return CreateTableResponse.builder().tableDescription(tables.create(request)).build();
  }

  private DescribeTableResponse describeTable(DescribeTableRequest request) {
    return DescribeTableResponse.builder().table(tables.describe(request.tableName())).build();
  }

  private UpdateTableResponse updateTable(UpdateTableRequest request) {
    TableRules.check(request);
    return UpdateTableResponse.builder().tableDescription(tables.update(request)).build();
  }

  private DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return DeleteTableResponse.builder()
        .tableDescription(tables.delete(request.tableName()))
        .build();
  }

  private DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    TableSettings settings = backedUp(request.tableName());
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(backups(settings))
        .build();
  }

  private UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    TableSettings settings = backedUp(request.tableName());
    settings.setPointInTimeRecovery(
        Boolean.TRUE.equals(
            request.pointInTimeRecoverySpecification().pointInTimeRecoveryEnabled()));
    return UpdateContinuousBackupsResponse.builder()
        .continuousBackupsDescription(backups(settings))
        .build();
  }

  private static ContinuousBackupsDescription backups(TableSettings settings) {
    Instant since = settings.recoverableSince();
    PointInTimeRecoveryDescription.Builder recovery =
        PointInTimeRecoveryDescription.builder()
            .pointInTimeRecoveryStatus(since == null ? "DISABLED" : "ENABLED");
    if (since != null) {
      recovery
          .recoveryPeriodInDays(RECOVERY_DAYS)
          .earliestRestorableDateTime(since)
          .latestRestorableDateTime(Instant.now());
    }
    return ContinuousBackupsDescription.builder()
        .continuousBackupsStatus("ENABLED")
        .pointInTimeRecoveryDescription(recovery.build())
        .build();
  }

  /** The actions on backups have an error of their own for a table that there is not. */
  private TableSettings backedUp(@Nullable String nameOrArn) {
    String name = Tables.name(nameOrArn);
    if (!tables.exists(name)) {
      throw AwsError.badRequest("TableNotFoundException", "Table not found: " + name);
    }
    return tables.settings(name);
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    TableSettings settings = tables.byArn(request.resourceArn());
    Map<String, String> together = settings.tags();
    together.putAll(Tables.tags(request.tags()));
    if (together.size() > MAX_TAGS) {
      throw AwsError.badRequest(
          "ValidationException",
          "One or more parameter values were invalid: Too many Tags: "
              + together.size()
              + ", maximum allowed is "
              + MAX_TAGS);
    }
    settings.tag(Tables.tags(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tables.byArn(request.resourceArn()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    List<Tag> tags =
        TagList.write(
            tables.byArn(request.resourceArn()).tags(),
            (key, value) -> Tag.builder().key(key).value(value).build());
    return ListTagsOfResourceResponse.builder().tags(tags).build();
  }

  /** The quotas of a new account. */
  private DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
    return DescribeLimitsResponse.builder()
        .accountMaxReadCapacityUnits(80_000L)
        .accountMaxWriteCapacityUnits(80_000L)
        .tableMaxReadCapacityUnits(40_000L)
        .tableMaxWriteCapacityUnits(40_000L)
        .build();
  }

  private DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest request) {
    return DescribeEndpointsResponse.builder()
        .endpoints(
            Endpoint.builder()
                .address(identity.endpoint().getAuthority())
                .cachePeriodInMinutes(1440L)
                .build())
        .build();
  }
}
