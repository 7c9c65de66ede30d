package io.pipelab.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** AWS::SNS::Subscription. */
final class SubscriptionResource implements ResourceType {
  private static final Set<String> ATTRIBUTES =
      Set.of("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy");

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SNS::Subscription")
          .createOnly("TopicArn", "Protocol", "Endpoint")
          .properties("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy")
          .required("TopicArn", "Protocol")
          .attributes("Arn");

  private final Topics topics;
  private final SubscriptionActions subscriptions;

  SubscriptionResource(Topics topics, SubscriptionActions subscriptions) {
    this.topics = topics;
    this.subscriptions = subscriptions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    Subscription made =
        subscriptions.subscribe(
            Objects.requireNonNull(request.text("TopicArn")),
            request.text("Protocol"),
            request.text("Endpoint"),
            given(request));
    return PhysicalResource.of(made.arn).with("Arn", made.arn);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Map<String, String> changes = new LinkedHashMap<>(given(after));
    given(before).keySet().stream()
        .filter(name -> !changes.containsKey(name))
        .toList()
        .forEach(gone -> changes.put(gone, gone.equals("RawMessageDelivery") ? "false" : ""));
    SubscriptionAttributes.set(topics.subscription(current.physicalId()), changes);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    topics.unsubscribe(current.physicalId());
  }

  /** JSON properties become the text that the API takes. */
  private static Map<String, String> given(ResourceRequest request) {
    Map<String, String> attributes = new LinkedHashMap<>();
    ATTRIBUTES.forEach(
        name -> {
          JsonNode value = request.properties().get(name);
          if (value != null && !value.isNull()) {
            attributes.put(name, value.isValueNode() ? value.asText() : value.toString());
          }
        });
    return attributes;
  }
}
