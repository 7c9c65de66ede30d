package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A DynamoDB table is ACTIVE with these keys.
 *
 * @param keys {@code "hash queueMessage S"}, then the range key if there is one
 */
record TableSchema(String table, List<String> keys, Optional<String> billing) implements Check {
  static final CheckType TYPE =
      CheckType.named("table-schema")
          .needs("table", "hashKey")
          .takes("rangeKey", "billing")
          .madeBy(TableSchema::of);

  private static TableSchema of(Settings settings) {
    List<String> keys = new ArrayList<>();
    keys.add("hash " + settings.text("hashKey"));
    if (settings.has("rangeKey")) {
      keys.add("range " + settings.text("rangeKey"));
    }
    Optional<String> billing =
        settings.has("billing") ? Optional.of(settings.text("billing")) : Optional.empty();
    return new TableSchema(settings.text("table"), keys, billing);
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            table + " ACTIVE, " + String.join(", ", keys) + billing.map(b -> ", " + b).orElse(""));
    TableDescription description;
    try {
      description =
          scope.clients().dynamoDb().describeTable(describe -> describe.tableName(table)).table();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    String status = description.tableStatusAsString();
    List<String> has = keys(description);
    String actual = table + " " + status + ", " + String.join(", ", has) + ", " + mode(description);
    if (!has.equals(keys) || billing.filter(b -> !b.equals(mode(description))).isPresent()) {
      return claim.never(actual);
    }
    return status.equals(TableStatus.ACTIVE.toString()) ? claim.holds(actual) : claim.lacks(actual);
  }

  private static List<String> keys(TableDescription description) {
    List<String> keys = new ArrayList<>();
    for (KeyType type : List.of(KeyType.HASH, KeyType.RANGE)) {
      for (KeySchemaElement key : description.keySchema()) {
        if (key.keyType() == type) {
          String word = type == KeyType.HASH ? "hash " : "range ";
          keys.add(word + key.attributeName() + " " + type(description, key.attributeName()));
        }
      }
    }
    return keys;
  }

  private static String type(TableDescription description, String attribute) {
    return description.attributeDefinitions().stream()
        .filter(definition -> definition.attributeName().equals(attribute))
        .findFirst()
        .map(AttributeDefinition::attributeTypeAsString)
        .orElse("?");
  }

  /** A table that was never on demand has no billing mode summary. */
  private static String mode(TableDescription description) {
    return description.billingModeSummary() == null
        ? BillingMode.PROVISIONED.toString()
        : description.billingModeSummary().billingModeAsString();
  }
}
