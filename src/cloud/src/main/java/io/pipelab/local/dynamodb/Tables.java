package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The tables: their items and keys in the engine, the rest of what DynamoDB tells of them here. */
final class Tables {
  private final CloudIdentity identity;
  private final DynamoDbLocal engine;
  private final TableDescriptions descriptions;
  private final Map<String, TableSettings> settings = new ConcurrentHashMap<>();

  Tables(CloudIdentity identity, DynamoDbLocal engine) {
    this.identity = identity;
    this.engine = engine;
    this.descriptions = new TableDescriptions(identity);
  }

  /**
   * Creates a table, which is ACTIVE at once.
   *
   * @throws AwsError ResourceInUseException
   */
  TableDescription create(CreateTableRequest request) {
    String name = name(request.tableName());
    TableRules.check(request);
    CreateTableRequest toEngine =
        request.toBuilder()
            .tableName(name)
            .tags((List<Tag>) null)
            .sseSpecification((SSESpecification) null)
            .tableClass((String) null)
            .build();
    TableDescription created;
    try {
      created = engine.client().createTable(toEngine).tableDescription();
    } catch (ResourceInUseException e) {
      throw AwsError.badRequest("ResourceInUseException", "Table already exists: " + name);
    }
    TableSettings fresh = new TableSettings();
    fresh.tag(tags(request.tags()));
    fresh.setTableClass(request.tableClassAsString());
    if (request.sseSpecification() != null) {
      fresh.encrypt(request.sseSpecification(), defaultKey());
    }
    settings.put(name, fresh);
    return descriptions.of(created, fresh);
  }

  /** Describes a table, by name or ARN, with its live item count. */
  TableDescription describe(@Nullable String nameOrArn) {
    String name = name(nameOrArn);
    TableDescription described =
        engine.table(name, client -> client.describeTable(r -> r.tableName(name))).table();
    return descriptions.of(described, settings(name));
  }

  /** Changes a table. */
  TableDescription update(UpdateTableRequest request) {
    String name = name(request.tableName());
    TableSettings own = settings(name);
    if (request.sseSpecification() != null) {
      own.encrypt(request.sseSpecification(), defaultKey());
    }
    if (request.tableClass() != null) {
      own.setTableClass(request.tableClassAsString());
    }
    UpdateTableRequest toEngine =
        request.toBuilder()
            .tableName(name)
            .sseSpecification((SSESpecification) null)
            .tableClass((String) null)
            .build();
    if (toEngine.equals(UpdateTableRequest.builder().tableName(name).build())) {
      return describe(name);
    }
    return descriptions.of(
        engine.table(name, client -> client.updateTable(toEngine)).tableDescription(), own);
  }

  /** Deletes a table and its items. */
  TableDescription delete(@Nullable String nameOrArn) {
    String name = name(nameOrArn);
    TableDescription deleted =
        engine.table(name, client -> client.deleteTable(r -> r.tableName(name))).tableDescription();
    TableSettings own = settings.remove(name);
    return descriptions.of(deleted, own == null ? new TableSettings() : own).toBuilder()
        .tableStatus(TableStatus.DELETING)
        .build();
  }

  /** What is kept here of an existing table. */
  TableSettings settings(String name) {
    TableSettings own = settings.get(name);
    if (own == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException",
          "Requested resource not found: Table: " + name + " not found");
    }
    return own;
  }

  boolean exists(String name) {
    return settings.containsKey(name);
  }

  /** What is kept here of the table that an ARN names. */
  TableSettings byArn(@Nullable String arn) {
    if (arn == null || !arn.startsWith(identity.arn("dynamodb", "table/"))) {
      throw AwsError.badRequest(
          "ValidationException",
          "Invalid TableArn: Invalid ResourceArn " + "provided as input " + arn);
    }
    return settings(name(arn));
  }

  /** The name in a request's TableName, which may be an ARN. */
  static String name(@Nullable String nameOrArn) {
    if (nameOrArn == null || nameOrArn.isEmpty()) {
      throw AwsError.badRequest(
          "ValidationException",
          "1 validation error detected: Value null at 'tableName' failed to satisfy constraint:"
              + " Member must not be null");
    }
    return nameOrArn.startsWith("arn:") ? Arn.parse(nameOrArn).name() : nameOrArn;
  }

  static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new HashMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }

  private String defaultKey() {
    return identity.arn("kms", "alias/aws/dynamodb");
  }
}
