package io.pipelab.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.Policy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be set on a topic, and its checks. */
final class TopicAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Attributes that are kept and shown; encryption and tracing have no effect on loopback. */
  private static final Set<String> SETTABLE =
      Set.of(
          "DisplayName",
          "Policy",
          "DeliveryPolicy",
          "KmsMasterKeyId",
          "SignatureVersion",
          "TracingConfig");

  private static final Map<String, Set<String>> OF_FIFO_TOPICS =
      Map.of(
          "ContentBasedDeduplication", Set.of("true", "false"),
          "FifoThroughputScope", Set.of("Topic", "MessageGroup"));

  /** How SNS delivers to web addresses unless a delivery policy says otherwise. */
  private static final String DEFAULT_DELIVERY =
      """
      {"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,\
      "numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,\
      "backoffFunction":"linear"},"disableSubscriptionOverrides":false,\
      "defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}""";

  private TopicAttributes() {}

  /**
   * Sets one attribute; null or empty takes a policy back to its default.
   *
   * @throws AwsError InvalidParameter, NotImplemented
   */
  static void set(Topic topic, String name, @Nullable String value) {
    String given = value == null ? "" : value;
    check(name, given, topic.fifo());
    if (name.equals("Policy") && given.isEmpty()) {
      topic.attributes.put(name, topic.defaultPolicy());
    } else {
      topic.attributes.put(name, given);
    }
  }

  /**
   * Checks one attribute of a topic of either kind.
   *
   * @throws AwsError InvalidParameter, NotImplemented
   */
  static void check(String name, String value, boolean fifo) {
    Set<String> choice = OF_FIFO_TOPICS.get(name);
    if (DeliveryStatus.isAttribute(name)) {
      DeliveryStatus.check(name, value);
    } else if (fifo && choice != null) {
      if (!choice.contains(value)) {
        throw invalid("Attributes Reason: " + name + ": Invalid value [" + value + "]");
      }
    } else if (!SETTABLE.contains(name)) {
      throw invalid("AttributeName");
    }
    if (name.equals("Policy") && !value.isEmpty()) {
      checkPolicy(value);
    }
    if (name.equals("DeliveryPolicy") && !value.isEmpty()) {
      effectiveDelivery(value);
    }
  }

  private static void checkPolicy(String value) {
    try {
      Policy.parse(value);
    } catch (IllegalArgumentException e) {
      throw invalid("Policy statement: " + e.getMessage());
    }
  }

  /**
   * The delivery policy over SNS's defaults, as EffectiveDeliveryPolicy shows it.
   *
   * @param policy null or empty for none
   */
  static String effectiveDelivery(@Nullable String policy) {
    try {
      JsonNode defaults = JSON.readTree(DEFAULT_DELIVERY);
      if (policy == null || policy.isEmpty()) {
        return defaults.toString();
      }
      JsonNode merged = JSON.readerForUpdating(defaults).readValue(policy);
      return merged.toString();
    } catch (JsonProcessingException e) {
      throw invalid("DeliveryPolicy: failed to parse JSON");
    }
  }

  private static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
