package io.pipelab.verify.check.table;

import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A DynamoDB table is ACTIVE with these keys.
 *
 * @param capacity the read units and the write units that a provisioned table must have, as many of
 *     each; empty when any number will do
 * @param keys {@code "hash queueMessage S"}, then the range key if there is one
 */
public record TableSchema(
    String table, List<String> keys, Optional<String> billing, OptionalLong capacity)
    implements Check {
  /** The units of a provisioned table that is made again, when the lab does not say. */
  private static final long USUAL = 5;

  public static final CheckType TYPE =
      CheckType.named("table-schema")
          .needs("table", "hashKey")
          .takes("rangeKey", "billing", "capacity")
          .madeBy(TableSchema::of);

  private static TableSchema of(Settings settings) {
    List<String> keys = new ArrayList<>();
    keys.add("hash " + settings.text("hashKey"));
    if (settings.has("rangeKey")) {
      keys.add("range " + settings.text("rangeKey"));
    }
    Optional<String> billing =
        settings.has("billing") ? Optional.of(settings.text("billing")) : Optional.empty();
    return new TableSchema(settings.text("table"), keys, billing, settings.numberIfAny("capacity"));
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            table
                + " ACTIVE, "
                + String.join(", ", keys)
                + billing.map(b -> ", " + b).orElse("")
                + (capacity.isPresent() ? " " + units(capacity.getAsLong()) : ""));
    TableDescription description;
    try {
      description =
          scope.clients().dynamoDb().describeTable(describe -> describe.tableName(table)).table();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table).fixedBy(new ShellCommand(List.of(create())));
    }
    String status = description.tableStatusAsString();
    List<String> has = keys(description);
    String actual =
        table + " " + status + ", " + String.join(", ", has) + ", " + throughput(description);
    if (!has.equals(keys)) {
      return claim.never(actual).fixedBy(again());
    }
    if (billing.filter(b -> !b.equals(mode(description))).isPresent() || !hasUnits(description)) {
      List<String> call = call("update-table");
      addBilling(call);
      return claim.never(actual).fixedBy(new ShellCommand(List.of(call)));
    }
    return status.equals(TableStatus.ACTIVE.toString()) ? claim.holds(actual) : claim.lacks(actual);
  }

  private boolean hasUnits(TableDescription description) {
    return capacity.isEmpty() || units(description).equals(units(capacity.getAsLong()));
  }

  private String throughput(TableDescription description) {
    return mode(description) + (capacity.isPresent() ? " " + units(description) : "");
  }

  private static String units(TableDescription description) {
    ProvisionedThroughputDescription units = description.provisionedThroughput();
    return units == null ? "0/0" : units.readCapacityUnits() + "/" + units.writeCapacityUnits();
  }

  private static String units(long each) {
    return each + "/" + each;
  }

  /** Keys cannot be changed. */
  private ShellCommand again() {
    List<String> gone = List.of("aws", "dynamodb", "wait", "table-not-exists");
    List<String> wait = new ArrayList<>(gone);
    wait.addAll(List.of("--table-name", table));
    return new ShellCommand(List.of(call("delete-table"), wait, create()));
  }

  private List<String> create() {
    List<String> call = call("create-table");
    call.add("--attribute-definitions");
    for (String key : keys) {
      String[] words = key.split(" ");
      call.add("AttributeName=" + words[1] + ",AttributeType=" + words[2]);
    }
    call.add("--key-schema");
    for (String key : keys) {
      String[] words = key.split(" ");
      call.add("AttributeName=" + words[1] + ",KeyType=" + words[0].toUpperCase(Locale.ROOT));
    }
    addBilling(call);
    return call;
  }

  private void addBilling(List<String> call) {
    String mode = billing.orElse(BillingMode.PAY_PER_REQUEST.toString());
    call.addAll(List.of("--billing-mode", mode));
    if (mode.equals(BillingMode.PROVISIONED.toString())) {
      call.addAll(
          List.of(
              "--provisioned-throughput",
              "ReadCapacityUnits=%1$d,WriteCapacityUnits=%1$d".formatted(capacity.orElse(USUAL))));
    }
  }

  private List<String> call(String action) {
    return new ArrayList<>(List.of("aws", "dynamodb", action, "--table-name", table));
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
