package io.pipelab.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** AWS::SNS::Topic. */
final class TopicResource implements ResourceType {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "DisplayName",
          "KmsMasterKeyId",
          "SignatureVersion",
          "TracingConfig",
          "ContentBasedDeduplication",
          "FifoThroughputScope");

  private static final String FIFO = ".fifo";

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SNS::Topic")
          .createOnly("TopicName", "FifoTopic")
          .properties(
              "DisplayName",
              "KmsMasterKeyId",
              "SignatureVersion",
              "TracingConfig",
              "ContentBasedDeduplication",
              "FifoThroughputScope",
              "Subscription",
              "Tags")
          .attributes("TopicArn", "TopicName");

  private final Topics topics;
  private final SubscriptionActions subscriptions;

  TopicResource(Topics topics, SubscriptionActions subscriptions) {
    this.topics = topics;
    this.subscriptions = subscriptions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    boolean fifo = Boolean.parseBoolean(request.text("FifoTopic"));
    String name = name(request, fifo);
    if (topics.exists(name)) {
      throw AwsError.badRequest("AlreadyExists", name + " already exists");
    }
    Topic topic = topics.create(name, fifo);
    apply(topic, request);
    return PhysicalResource.of(topic.arn).with("TopicArn", topic.arn).with("TopicName", topic.name);
  }

  private static String name(ResourceRequest request, boolean fifo) {
    String given = request.text("TopicName");
    if (given != null || !fifo) {
      return request.nameOr("TopicName", 256);
    }
    return request.nameOr("TopicName", 256 - FIFO.length()) + FIFO;
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Topic topic = topics.get(current.physicalId());
    JsonNode kept = after.properties().path("Subscription");
    for (JsonNode old : before.properties().path("Subscription")) {
      if (!contains(kept, old)) {
        topic.ordered().stream()
            .filter(each -> each.endpoint.equals(old.path("Endpoint").asText()))
            .forEach(each -> topics.unsubscribe(each.arn));
      }
    }
    topic.tags.clear();
    apply(topic, after);
    return current;
  }

  private static boolean contains(JsonNode list, JsonNode wanted) {
    for (JsonNode each : list) {
      if (each.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private void apply(Topic topic, ResourceRequest request) {
    ATTRIBUTES.forEach(
        name -> {
          String value = request.text(name);
          if (value != null) {
            TopicAttributes.set(topic, name, value);
          }
        });
    topic.tags.putAll(request.tags());
    for (JsonNode each : request.properties().path("Subscription")) {
      subscriptions.subscribe(
          topic.arn, each.path("Protocol").asText(), each.path("Endpoint").asText(), Map.of());
    }
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    topics.delete(Objects.requireNonNull(current.physicalId()));
  }
}
