package io.pipelab.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue's messages go that were received too often.
 *
 * @param target the dead-letter queue's ARN
 * @param maxReceives how often a message may be received, 1 to 1000
 */
record RedrivePolicy(String target, int maxReceives) {
  /**
   * Reads the attribute RedrivePolicy.
   *
   * @throws AwsError InvalidParameterValue
   */
  static RedrivePolicy parse(String text) {
    JsonNode node = QueueAttributes.document(text);
    if (node == null) {
      throw invalid(text, "Redrive policy is not a valid JSON map.");
    }
    JsonNode target = node.get("deadLetterTargetArn");
    JsonNode receives = node.get("maxReceiveCount");
    if (target == null) {
      throw invalid(
          text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
    }
    if (receives == null) {
      throw invalid(text, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
    }
    if (!target.asText().startsWith("arn:")) {
      throw invalid(text, "Invalid value for deadLetterTargetArn.");
    }
    int max = receives.asInt(-1);
    if (max < 1 || max > 1000) {
      throw invalid(
          text,
          "Invalid value for maxReceiveCount: "
              + receives.asText()
              + ", valid values are from 1 to 1000 both inclusive.");
    }
    return new RedrivePolicy(target.asText(), max);
  }

  /** The queue's policy, or null when it has none. */
  static @Nullable RedrivePolicy of(Queue queue) {
    String text = queue.attribute("RedrivePolicy");
    return text == null ? null : parse(text);
  }

  /** The policy's text as SQS keeps it: a count that came as text is a number. */
  static String kept(String text) {
    RedrivePolicy policy = parse(text);
    if (QueueAttributes.document(text) instanceof ObjectNode document) {
      return document.put("maxReceiveCount", policy.maxReceives()).toString();
    }
    throw new IllegalStateException("a policy that was read is an object");
  }

  static AwsError invalid(String text, String reason) {
    return AwsError.badRequest(
        "InvalidParameterValue",
        "Value " + text + " for parameter RedrivePolicy is invalid. Reason: " + reason);
  }
}
