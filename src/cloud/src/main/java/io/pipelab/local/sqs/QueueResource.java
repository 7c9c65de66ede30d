package io.pipelab.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SQS::Queue}. */
final class QueueResource implements ResourceType {
  private static final int MAX_NAME = 80;
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "VisibilityTimeout",
          "DelaySeconds",
          "ReceiveMessageWaitTimeSeconds",
          "MessageRetentionPeriod",
          "MaximumMessageSize",
          "RedrivePolicy",
          "RedriveAllowPolicy",
          "KmsMasterKeyId",
          "KmsDataKeyReusePeriodSeconds",
          "SqsManagedSseEnabled",
          "FifoQueue",
          "ContentBasedDeduplication",
          "DeduplicationScope",
          "FifoThroughputLimit");

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SQS::Queue")
          .createOnly("QueueName", "FifoQueue")
          .properties(ATTRIBUTES)
          .properties("Tags")
          .attributes("Arn", "QueueName", "QueueUrl");

  private final Queues queues;

  QueueResource(Queues queues) {
    this.queues = queues;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    Map<String, String> attributes = attributes(request);
    boolean fifo = "true".equals(attributes.get("FifoQueue"));
    if (!fifo) {
      // A template may say FifoQueue: false; the API knows the attribute only for FIFO queues.
      attributes.remove("FifoQueue");
    }
    String name =
        fifo && request.text("QueueName") == null
            ? request.generatedName(MAX_NAME - 5) + ".fifo"
            : request.nameOr("QueueName", MAX_NAME);
    if (queues.exists(name)) {
      throw AwsError.badRequest(
          "AlreadyExists",
          "Resource of type 'AWS::SQS::Queue' with identifier '" + name + "' already exists.");
    }
    return physical(queues.create(name, attributes, request.tags()));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Queue queue = queues.byUrl(current.physicalId());
    Map<String, String> changes = new LinkedHashMap<>();
    // What the template no longer says goes back to its default.
    attributes(before)
        .keySet()
        .forEach(
            name ->
                changes.put(name, QueueAttributes.defaults(queue.fifo()).getOrDefault(name, "")));
    changes.putAll(attributes(after));
    changes.remove("FifoQueue");
    if (!changes.isEmpty()) {
      queues.change(queue, changes);
    }
    before.tags().keySet().forEach(queue.tags()::remove);
    queue.tags().putAll(after.tags());
    return physical(queue);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String url = current.physicalId();
    if (queues.exists(url.substring(url.lastIndexOf('/') + 1))) {
      queues.delete(queues.byUrl(url));
    }
  }

  private static PhysicalResource physical(Queue queue) {
    return PhysicalResource.of(queue.url)
        .with("Arn", queue.arn)
        .with("QueueName", queue.name)
        .with("QueueUrl", queue.url);
  }

  private static Map<String, String> attributes(ResourceRequest request) {
    Map<String, String> attributes = new LinkedHashMap<>();
    request
        .properties()
        .fields()
        .forEachRemaining(
            property -> {
              if (ATTRIBUTES.contains(property.getKey())) {
                attributes.put(property.getKey(), text(property.getValue()));
              }
            });
    return attributes;
  }

  /** A policy may be written as an object or as JSON text. */
  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
