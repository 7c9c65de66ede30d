package io.pipelab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks one copy of the lab {@code job-offers} in what it is built of, one thing after another;
 * each is fixed by the command of {@code verify} before the next one is broken.
 */
final class OffersAsBuilt {
  private static final List<String> STEPS =
      List.of("bucket", "queues", "functions", "permission", "trigger", "table", "api", "api-read");

  private final LabCopy lab;
  private Verified seen;

  private OffersAsBuilt(LabCopy lab) {
    this.lab = lab;
    this.seen = lab.verify(0);
  }

  static void breakOneAfterAnother(LabCopy lab) {
    lab.up();
    OffersAsBuilt built = new OffersAsBuilt(lab);
    built.seen.passed("bucket", "table", "api", "api-read", "api-write", "access-log");
    built.permission();
    built.trigger();
    built.redrivePolicy();
    built.apiPermission();
    built.table();
    lab.down();
  }

  /** The steps that are broken here; those that write are too slow to fail each time. */
  private Verified verify(int exit) {
    List<String> steps = new ArrayList<>();
    for (String each : STEPS) {
      steps.addAll(List.of("--step", each));
    }
    seen = lab.verify(exit, steps.toArray(String[]::new));
    return seen;
  }

  private void fixed(String step) {
    lab.paste(seen, step);
    verify(0).passed(step);
  }

  private void permission() {
    String function = lab.output("FileFunctionName");
    removeStatement(function);
    verify(1)
        .brokenAt("permission", "S3 -> Lambda", "lets in nobody", "lambda add-permission")
        .passed("trigger", "table", "api", "api-read");
    fixed("permission");
  }

  private void removeStatement(String function) {
    String policy = lab.aws.lambda().getPolicy(get -> get.functionName(function)).policy();
    String sid = policy.replaceFirst("(?s).*\"Sid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    lab.aws.lambda().removePermission(remove -> remove.functionName(function).statementId(sid));
  }

  private void trigger() {
    String function = lab.output("RowFunctionName");
    String mapping =
        lab.aws
            .lambda()
            .listEventSourceMappings(list -> list.functionName(function))
            .eventSourceMappings()
            .get(0)
            .uuid();
    lab.aws.lambda().updateEventSourceMapping(update -> update.uuid(mapping).enabled(false));
    verify(1)
        .brokenAt("trigger", "SQS -> Lambda", "Disabl", "update-event-source-mapping")
        .passed("permission", "table", "api", "api-read");
    fixed("trigger");
  }

  private void redrivePolicy() {
    String queue = lab.output("QueueUrl");
    redrive(queue, "");
    verify(1)
        .brokenAt("queues", "SQS", "no dead-letter queue", "sqs set-queue-attributes")
        .passed("permission", "table", "api", "api-read");
    fixed("queues");
  }

  private void redrive(String queue, String policy) {
    lab.aws
        .sqs()
        .setQueueAttributes(
            set ->
                set.queueUrl(queue).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
  }

  private void apiPermission() {
    String function = lab.output("ApiFunctionName");
    removeStatement(function);
    verify(1)
        .brokenAt("api", "HTTP API -> Lambda", "lets in nobody", "lambda add-permission")
        .passed("permission", "trigger", "table");
    fixed("api");
  }

  private void table() {
    String table = lab.output("TableName");
    lab.aws.dynamoDb().deleteTable(delete -> delete.tableName(table));
    try (var waiter = lab.aws.dynamoDb().waiter()) {
      waiter.waitUntilTableNotExists(describe -> describe.tableName(table), Waits::near);
    }
    lab.aws
        .dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        List.of(
                            KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build()))
                    .provisionedThroughput(
                        ProvisionedThroughput.builder()
                            .readCapacityUnits(5L)
                            .writeCapacityUnits(5L)
                            .build()));
    verify(1)
        .brokenAt("table", "DynamoDB", "hash id S, PROVISIONED", "dynamodb delete-table")
        .passed("permission", "trigger", "api");
    fixed("table");
  }
}
