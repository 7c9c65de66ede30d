package io.pipelab.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Which queues may use a queue as their dead-letter queue (attribute RedriveAllowPolicy). */
final class RedriveAllowPolicy {
  private RedriveAllowPolicy() {}

  /**
   * Refuses a source queue that the dead-letter queue does not let in.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValue
   */
  static void require(Queue deadLetters, String sourceArn, String redrivePolicy) {
    if (!allows(deadLetters.attribute("RedriveAllowPolicy"), sourceArn)) {
      throw RedrivePolicy.invalid(
          redrivePolicy,
          "The dead-letter queue's RedriveAllowPolicy does not allow this source queue.");
    }
  }

  private static boolean allows(@Nullable String text, String sourceArn) {
    JsonNode policy = text == null ? null : QueueAttributes.document(text);
    if (policy == null) {
      return true;
    }
    return switch (policy.path("redrivePermission").asText()) {
      case "denyAll" -> false;
      case "byQueue" -> {
        for (JsonNode arn : policy.path("sourceQueueArns")) {
          if (arn.asText().equals(sourceArn)) {
            yield true;
          }
        }
        yield false;
      }
      default -> true;
    };
  }
}
