package io.pipelab.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** {@code AWS::DynamoDB::Table}. */
final class TableResource implements ResourceType {
  private static final int MAX_NAME = 255;

  /** What CreateTable does not take: set by calls of its own. */
  private static final Set<String> AFTERWARDS =
      Set.of("PointInTimeRecoverySpecification", "TimeToLiveSpecification", "Tags");

  private static final Set<String> OF_CREATE_TABLE =
      Set.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "GlobalSecondaryIndexes",
          "LocalSecondaryIndexes",
          "SSESpecification",
          "StreamSpecification",
          "TableClass",
          "DeletionProtectionEnabled");

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::DynamoDB::Table")
          .createOnly("TableName", "KeySchema", "LocalSecondaryIndexes")
          .properties(OF_CREATE_TABLE)
          .properties(AFTERWARDS)
          .required("KeySchema")
          .attributes("Arn", "StreamArn");

  private final Tables tables;
  private final DynamoDbLocal engine;

  TableResource(Tables tables, DynamoDbLocal engine) {
    this.tables = tables;
    this.engine = engine;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("TableName", MAX_NAME);
    if (tables.exists(name)) {
      throw AwsError.badRequest(
          "AlreadyExists",
          "Resource of type 'AWS::DynamoDB::Table' with identifier '" + name + "' already exists.");
    }
    CreateTableRequest create = wanted(request).toBuilder().tableName(name).build();
    tables.create(create);
    try {
      afterwards(name, request.properties(), Map.of(), request.tags());
    } catch (RuntimeException | Error e) {
      // The stack would not know of a table whose creation failed half-way.
      tables.delete(name);
      throw e;
    }
    return physical(name);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = current.physicalId();
    CreateTableRequest was = wanted(before);
    CreateTableRequest now = wanted(after);
    for (UpdateTableRequest change : TableChanges.between(name, was, now)) {
      tables.update(change);
    }
    ObjectNode properties = after.properties().deepCopy();
    // What the template no longer says is switched off.
    if (!properties.has("TimeToLiveSpecification")
        && before.properties().has("TimeToLiveSpecification")) {
      ObjectNode off = before.properties().get("TimeToLiveSpecification").deepCopy();
      properties.set("TimeToLiveSpecification", off.put("Enabled", false));
    }
    if (!properties.has("PointInTimeRecoverySpecification")) {
      tables.settings(name).setPointInTimeRecovery(false);
    }
    if (properties
        .path("TimeToLiveSpecification")
        .equals(before.properties().path("TimeToLiveSpecification"))) {
      properties.remove("TimeToLiveSpecification");
    }
    afterwards(name, properties, before.tags(), after.tags());
    return physical(name);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (tables.exists(current.physicalId())) {
      tables.delete(current.physicalId());
    }
  }

  private PhysicalResource physical(String name) {
    TableDescription table = tables.describe(name);
    PhysicalResource resource = PhysicalResource.of(name).with("Arn", table.tableArn());
    return table.latestStreamArn() == null
        ? resource
        : resource.with("StreamArn", table.latestStreamArn());
  }

  private static CreateTableRequest wanted(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove(AFTERWARDS);
    if (properties.get("SSESpecification") instanceof ObjectNode encryption
        && encryption.has("SSEEnabled")) {
      encryption.set("Enabled", encryption.remove("SSEEnabled"));
    }
    if (properties.get("StreamSpecification") instanceof ObjectNode stream) {
      stream.put("StreamEnabled", true);
    }
    return Pojos.bind(properties, CreateTableRequest.builder());
  }

  private void afterwards(
      String name,
      ObjectNode properties,
      Map<String, String> oldTags,
      Map<String, String> newTags) {
    JsonNode recovery = properties.path("PointInTimeRecoverySpecification");
    if (recovery.has("PointInTimeRecoveryEnabled")) {
      tables
          .settings(name)
          .setPointInTimeRecovery(recovery.path("PointInTimeRecoveryEnabled").asBoolean());
    }
    JsonNode timeToLive = properties.path("TimeToLiveSpecification");
    if (timeToLive.has("Enabled")) {
      engine
          .client()
          .updateTimeToLive(
              r ->
                  r.tableName(name)
                      .timeToLiveSpecification(
                          t ->
                              t.enabled(timeToLive.path("Enabled").asBoolean())
                                  .attributeName(timeToLive.path("AttributeName").asText())));
    }
    tables.settings(name).untag(oldTags.keySet());
    tables.settings(name).tag(newTags);
  }
}
