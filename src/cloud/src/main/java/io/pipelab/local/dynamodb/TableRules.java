package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** What a table may be, in DynamoDB's words; the engine has others, or none. */
final class TableRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Set<String> KEY_TYPES = Set.of("HASH", "RANGE");
  private static final Set<String> ATTRIBUTE_TYPES = Set.of("B", "N", "S");

  private TableRules() {}

  /**
   * Checks a table that is to be made.
   *
   * @throws AwsError ValidationException
   */
  static void check(CreateTableRequest request) {
    checkEnumerations(request);
    checkLength(Tables.name(request.tableName()));
    checkThroughput(request);
    checkKeySchema(request.keySchema());
    checkDefinitions(request);
  }

  /**
   * Checks that an update changes something.
   *
   * @throws AwsError ValidationException
   */
  static void check(UpdateTableRequest request) {
    if (request.equals(UpdateTableRequest.builder().tableName(request.tableName()).build())) {
      throw invalid(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private static void checkEnumerations(CreateTableRequest request) {
    List<String> wrong = new ArrayList<>();
    int number = 0;
    for (AttributeDefinition each : request.attributeDefinitions()) {
      number++;
      if (!ATTRIBUTE_TYPES.contains(each.attributeTypeAsString())) {
        wrong.add(
            unknown(
                each.attributeTypeAsString(),
                "attributeDefinitions." + number + ".member.attributeType",
                "[B, N, S]"));
      }
    }
    number = 0;
    for (KeySchemaElement each : request.keySchema()) {
      number++;
      if (!KEY_TYPES.contains(each.keyTypeAsString())) {
        wrong.add(
            unknown(
                each.keyTypeAsString(),
                "keySchema." + number + ".member.keyType",
                "[HASH, RANGE]"));
      }
    }
    if (!wrong.isEmpty()) {
      throw invalid(
          wrong.size()
              + (wrong.size() == 1
                  ? " validation error detected: "
                  : " validation errors detected: ")
              + String.join("; ", wrong));
    }
  }

  private static String unknown(String value, String member, String values) {
    return "Value '"
        + value
        + "' at '"
        + member
        + "' failed to satisfy constraint: Member must satisfy enum value set: "
        + values;
  }

  private static void checkLength(String name) {
    if (name.length() < 3 || name.length() > 255) {
      throw invalid("TableName must be at least 3 characters long and at most 255 characters long");
    }
  }

  private static void checkThroughput(CreateTableRequest request) {
    boolean given = request.provisionedThroughput() != null;
    if (request.billingMode() == BillingMode.PAY_PER_REQUEST && given) {
      throw invalid(
          INVALID
              + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
              + " is PAY_PER_REQUEST");
    }
    if (request.billingMode() != BillingMode.PAY_PER_REQUEST && !given) {
      throw invalid(
          INVALID
              + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
  }

  private static void checkKeySchema(List<KeySchemaElement> schema) {
    if (!schema.isEmpty() && !"HASH".equals(schema.get(0).keyTypeAsString())) {
      throw invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (schema.size() > 1 && !"RANGE".equals(schema.get(1).keyTypeAsString())) {
      throw invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
  }

  /** Every key is defined, and nothing else is. */
  private static void checkDefinitions(CreateTableRequest request) {
    Set<String> defined = new TreeSet<>();
    request.attributeDefinitions().forEach(each -> defined.add(each.attributeName()));
    Set<String> used = new TreeSet<>();
    keys(request).map(KeySchemaElement::attributeName).forEach(used::add);
    boolean indexed = request.hasGlobalSecondaryIndexes() || request.hasLocalSecondaryIndexes();
    if (!defined.containsAll(used)) {
      throw invalid(
          indexed
              ? INVALID
                  + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
                  + used
                  + ", AttributeDefinitions: "
                  + defined
              : "Invalid KeySchema: Some index key attribute have no definition");
    }
    if (!used.containsAll(defined)) {
      throw invalid(
          indexed
              ? INVALID
                  + "Some AttributeDefinitions are not used. AttributeDefinitions: "
                  + defined
                  + ", keys used: "
                  + used
              : INVALID
                  + "Number of attributes in KeySchema does not exactly match number of attributes"
                  + " defined in AttributeDefinitions");
    }
  }

  private static Stream<KeySchemaElement> keys(CreateTableRequest request) {
    return Stream.of(
            request.keySchema().stream(),
            request.globalSecondaryIndexes().stream().flatMap(each -> each.keySchema().stream()),
            request.localSecondaryIndexes().stream().flatMap(each -> each.keySchema().stream()))
        .flatMap(each -> each);
  }

  private static AwsError invalid(String why) {
    return AwsError.badRequest("ValidationException", why);
  }
}
