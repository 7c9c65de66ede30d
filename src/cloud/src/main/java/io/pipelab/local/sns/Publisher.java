package io.pipelab.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.TopicPublisher;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishing: checks, the topic's policy, filters, and hand-over to the deliveries. */
final class Publisher implements TopicPublisher {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 256 KiB (SNS quotas). */
  private static final int MOST_BYTES = 262_144;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Topics topics;
  private final Deliveries deliveries;
  private final TopicMetrics metrics;

  Publisher(
      CloudIdentity identity,
      CloudClock clock,
      Topics topics,
      Deliveries deliveries,
      TopicMetrics metrics) {
    this.identity = identity;
    this.clock = clock;
    this.topics = topics;
    this.deliveries = deliveries;
    this.metrics = metrics;
  }

  @Override
  public String publish(String topicArn, @Nullable String subject, String message, Caller caller) {
    return publish(topicArn, subject, message, null, Map.of(), caller);
  }

  String publish(
      String topicArn,
      @Nullable String subject,
      @Nullable String message,
      @Nullable String structure,
      Map<String, MessageAttributeValue> attributes,
      Caller caller) {
    Topic topic = topics.get(topicArn);
    admit(topic, caller);
    if (message == null || message.isEmpty()) {
      throw invalid("Empty message");
    }
    int bytes = size(message, attributes);
    if (bytes > MOST_BYTES) {
      throw invalid("Message too long");
    }
    checkSubject(subject);
    Map<String, String> byProtocol = "json".equals(structure) ? structured(message) : Map.of();
    Notification notification =
        new Notification(
            UUID.randomUUID().toString(),
            topicArn,
            subject,
            byProtocol.getOrDefault("default", message),
            byProtocol,
            attributes,
            clock.now(),
            bytes);
    deliveries.admit(topic.ordered());
    metrics.published(topicArn, bytes);
    topic.ordered().forEach(subscription -> offer(notification, subscription));
    return notification.messageId();
  }

  private void offer(Notification notification, Subscription to) {
    if (to.pending()) {
      return;
    }
    if (passes(notification, to)) {
      deliveries.accept(notification, to);
    } else {
      metrics.filteredOut(to.topicArn);
    }
  }

  private static boolean passes(Notification notification, Subscription to) {
    String policy = to.attributes.get("FilterPolicy");
    if (policy == null) {
      return true;
    }
    FilterPolicy filter = FilterPolicy.parse(policy);
    return "MessageBody".equals(to.attributes.get("FilterPolicyScope"))
        ? filter.matchesBody(notification.textFor(to.protocol))
        : filter.matchesAttributes(notification.attributes());
  }

  /** A service has no identity policy: the topic's policy alone decides. */
  private void admit(Topic topic, Caller caller) {
    if (!(caller instanceof Caller.ServicePrincipal)) {
      return;
    }
    RequestContext request = RequestContext.of(caller, "sns:Publish", topic.arn, identity);
    if (Policy.parse(topic.policy()).decide(request) != Decision.ALLOW) {
      throw AwsError.accessDenied(
          "AuthorizationError",
          "User: "
              + caller.arn()
              + " is not authorized to perform: SNS:Publish on resource: "
              + topic.arn);
    }
  }

  private static void checkSubject(@Nullable String subject) {
    if (subject == null) {
      return;
    }
    boolean printable = subject.chars().noneMatch(Character::isISOControl);
    if (subject.isEmpty() || subject.length() > 100 || !printable) {
      throw invalid("Subject");
    }
  }

  private static int size(String message, Map<String, MessageAttributeValue> attributes) {
    int bytes = message.getBytes(StandardCharsets.UTF_8).length;
    for (Map.Entry<String, MessageAttributeValue> each : attributes.entrySet()) {
      MessageAttributeValue value = each.getValue();
      if (value.dataType() == null
          || (value.stringValue() == null && value.binaryValue() == null)) {
        throw AwsError.badRequest(
            "ParameterValueInvalid",
            "The message attribute '" + each.getKey() + "' must contain a non-empty value.");
      }
      if (value.stringValue() != null && value.stringValue().isEmpty()) {
        throw AwsError.badRequest(
            "ParameterValueInvalid",
            "The message attribute '"
                + each.getKey()
                + "' must contain non-empty message attribute value for message attribute type '"
                + value.dataType()
                + "'.");
      }
      bytes += each.getKey().length() + value.dataType().length();
      bytes +=
          value.binaryValue() == null
              ? value.stringValue().getBytes(StandardCharsets.UTF_8).length
              : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }

  private static Map<String, String> structured(String message) {
    try {
      JsonNode parsed = JSON.readTree(message);
      if (!parsed.path("default").isTextual()) {
        throw invalid("Message Structure - No default entry in JSON message body");
      }
      Map<String, String> byProtocol = new HashMap<>();
      parsed.fields().forEachRemaining(e -> byProtocol.put(e.getKey(), e.getValue().asText()));
      return byProtocol;
    } catch (JsonProcessingException e) {
      throw invalid("Message Structure - JSON message body failed to parse");
    }
  }

  private static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
