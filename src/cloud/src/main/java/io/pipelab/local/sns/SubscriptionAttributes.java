package io.pipelab.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What may be set on a subscription, and its checks. */
final class SubscriptionAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SCOPES = Set.of("MessageAttributes", "MessageBody");

  private SubscriptionAttributes() {}

  /** Sets attributes; an empty value takes one away. */
  static void set(Subscription subscription, Map<String, String> changes) {
    changes.forEach(SubscriptionAttributes::check);
    checkScope(subscription, changes);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            subscription.attributes.remove(name);
          } else {
            subscription.attributes.put(name, value);
          }
        });
  }

  /** What a subscription has, with the defaults of what was not set. */
  static Map<String, String> shown(Subscription subscription) {
    Map<String, String> attributes = new TreeMap<>(subscription.attributes);
    attributes.putIfAbsent("RawMessageDelivery", "false");
    if (attributes.containsKey("FilterPolicy")) {
      attributes.putIfAbsent("FilterPolicyScope", "MessageAttributes");
    }
    return attributes;
  }

  /** Policy and scope may come together, or one may be there already. */
  private static void checkScope(Subscription subscription, Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(subscription.attributes);
    all.putAll(changes);
    String policy = all.getOrDefault("FilterPolicy", "");
    if (!policy.isEmpty() && !"MessageBody".equals(all.get("FilterPolicyScope"))) {
      FilterPolicy.parse(policy).requireFlat();
    }
  }

  private static void check(String name, String value) {
    switch (name) {
      case "RawMessageDelivery" -> {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
          throw invalid(
              "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
        }
      }
      case "FilterPolicy" -> {
        if (!value.isEmpty()) {
          FilterPolicy.parse(value);
        }
      }
      case "FilterPolicyScope" -> {
        if (!SCOPES.contains(value)) {
          throw invalid("FilterPolicyScope: Invalid value [" + value + "]");
        }
      }
      case "RedrivePolicy" -> {
        if (!value.isEmpty()) {
          deadLetterTarget(value);
        }
      }
      case "DeliveryPolicy", "SubscriptionRoleArn", "ReplayPolicy" ->
          throw AwsError.notImplemented("the SNS subscription attribute " + name);
      default -> throw invalid("AttributeName");
    }
  }

  /**
   * Refuses a dead-letter queue that would lose the order of a FIFO topic.
   *
   * @throws AwsError InvalidParameter
   */
  static void requireFifoDeadLetters(String redrivePolicy) {
    if (!deadLetterTarget(redrivePolicy).endsWith(".fifo")) {
      throw invalid(
          "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
    }
  }

  /** The queue's ARN in a redrive policy. */
  static String deadLetterTarget(String redrivePolicy) {
    try {
      JsonNode arn = JSON.readTree(redrivePolicy).path("deadLetterTargetArn");
      if (!arn.isTextual()) {
        throw invalid("RedrivePolicy: must contain a deadLetterTargetArn");
      }
      if (!arn.asText().startsWith("arn:aws:sqs:")) {
        throw invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
      }
      return arn.asText();
    } catch (JsonProcessingException e) {
      throw invalid("RedrivePolicy: failed to parse JSON.");
    }
  }

  private static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
