package io.pipelab.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a queue that a caller can set: names, defaults, and the values that SQS takes
 * (SQS API Reference, SetQueueAttributes).
 */
final class QueueAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "VisibilityTimeout", "30",
          "DelaySeconds", "0",
          "ReceiveMessageWaitTimeSeconds", "0",
          "MessageRetentionPeriod", "345600",
          "MaximumMessageSize", String.valueOf(MessageRules.MAX_BYTES),
          "SqsManagedSseEnabled", "true");

  private static final Map<String, String> FIFO_DEFAULTS =
      Map.of(
          "FifoQueue", "true",
          "ContentBasedDeduplication", "false",
          "DeduplicationScope", "queue",
          "FifoThroughputLimit", "perQueue");

  private record Range(int from, int to) {}

  private static final Map<String, Range> NUMBERS =
      Map.of(
          "VisibilityTimeout", new Range(0, 43_200),
          "DelaySeconds", new Range(0, 900),
          "ReceiveMessageWaitTimeSeconds", new Range(0, 20),
          "MessageRetentionPeriod", new Range(60, 1_209_600),
          "MaximumMessageSize", new Range(1024, MessageRules.MAX_BYTES),
          "KmsDataKeyReusePeriodSeconds", new Range(60, 86_400));

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "SqsManagedSseEnabled", Set.of("true", "false"),
          "ContentBasedDeduplication", Set.of("true", "false"),
          "FifoQueue", Set.of("true", "false"),
          "DeduplicationScope", Set.of("messageGroup", "queue"),
          "FifoThroughputLimit", Set.of("perQueue", "perMessageGroupId"));

  /** Documents; empty text takes them away. */
  private static final Set<String> DOCUMENTS =
      Set.of("Policy", "RedrivePolicy", "RedriveAllowPolicy");

  private QueueAttributes() {}

  /** What a new queue has when nothing is said. */
  static Map<String, String> defaults(boolean fifo) {
    Map<String, String> defaults = new LinkedHashMap<>(DEFAULTS);
    if (fifo) {
      defaults.putAll(FIFO_DEFAULTS);
    }
    return defaults;
  }

  /**
   * Checks attributes that a caller gave.
   *
   * @param fifo whether the queue is, or is to be, a FIFO queue
   * @throws AwsError InvalidAttributeName or InvalidAttributeValue
   */
  static void check(Map<String, String> given, boolean fifo) {
    given.forEach((name, value) -> check(name, value, fifo));
    if (given.containsKey("KmsMasterKeyId")
        && !given.getOrDefault("KmsMasterKeyId", "").isEmpty()
        && "true".equals(given.get("SqsManagedSseEnabled"))) {
      throw AwsError.badRequest(
          "InvalidAttributeName",
          "You can use one type of server-side encryption (SSE) at one time. You can either enable"
              + " KMS SSE or SQS SSE.");
    }
  }

  private static void check(String name, String value, boolean fifo) {
    Range range = NUMBERS.get(name);
    Set<String> choices = CHOICES.get(name);
    if (!fifo && FIFO_DEFAULTS.containsKey(name)) {
      throw AwsError.badRequest("InvalidAttributeName", "Unknown Attribute " + name + ".");
    } else if (range != null) {
      requireValid(name, within(value, range));
    } else if (choices != null) {
      requireValid(name, choices.contains(value));
    } else if (DOCUMENTS.contains(name)) {
      requireValid(name, value.isEmpty() || document(value) != null);
      if (name.equals("Policy") && !value.isEmpty()) {
        checkPolicy(value);
      }
    } else if (!name.equals("KmsMasterKeyId")) {
      throw AwsError.badRequest("InvalidAttributeName", "Unknown Attribute " + name + ".");
    }
  }

  private static boolean within(String value, Range range) {
    try {
      int number = Integer.parseInt(value);
      return number >= range.from() && number <= range.to();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void requireValid(String name, boolean valid) {
    if (!valid) {
      throw AwsError.badRequest(
          "InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
    }
  }

  private static void checkPolicy(String policy) {
    try {
      Policy.parse(policy);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest(
          "InvalidAttributeValue",
          "Invalid value for the parameter Policy. Reason: " + e.getMessage() + ".");
    }
  }

  /** The JSON object of a document attribute, or null when it is none. */
  static @Nullable JsonNode document(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The attributes as SQS keeps them: numbers of a redrive policy are numbers. */
  static Map<String, String> kept(Map<String, String> given) {
    Map<String, String> kept = new LinkedHashMap<>(given);
    kept.computeIfPresent(
        "RedrivePolicy", (name, text) -> text.isEmpty() ? text : RedrivePolicy.kept(text));
    return kept;
  }

  /** Whether two values of an attribute mean the same: documents by content, others by text. */
  static boolean same(String name, String one, String other) {
    return one.equals(other)
        || DOCUMENTS.contains(name)
            && document(one) != null
            && java.util.Objects.equals(document(one), document(other));
  }
}
