package io.pipelab.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.drive.envelope.ExactJson;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What SQS says of a queue before one looks into it.
 *
 * @param visible about how many messages a receive can get
 * @param inFlight about how many others have received
 * @param delayed about how many come later
 * @param maxReceiveCount after how many receives a message goes to the dead-letter queue; 0 for a
 *     queue without one
 * @param deadLetterQueue its name, or empty
 */
public record QueueState(
    String url,
    boolean fifo,
    long visible,
    long inFlight,
    long delayed,
    int maxReceiveCount,
    String deadLetterQueue) {
  /** Asks. */
  public static QueueState of(SqsClient sqs, String url) {
    Map<String, String> has =
        sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributesAsStrings();
    JsonNode redrive = redrive(has.getOrDefault("RedrivePolicy", "{}"));
    String target = redrive.path("deadLetterTargetArn").asText("");
    return new QueueState(
        url,
        url.endsWith(".fifo"),
        number(has, "ApproximateNumberOfMessages"),
        number(has, "ApproximateNumberOfMessagesNotVisible"),
        number(has, "ApproximateNumberOfMessagesDelayed"),
        redrive.path("maxReceiveCount").asInt(0),
        target.substring(target.lastIndexOf(':') + 1));
  }

  /** The queue's name. */
  public String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** Whether receives are counted towards a dead-letter queue. */
  public boolean countsReceives() {
    return maxReceiveCount > 0;
  }

  /** How often a message can still be received. */
  public int receivesLeft(int received) {
    return Math.max(0, maxReceiveCount - received);
  }

  private static long number(Map<String, String> attributes, String name) {
    String text = attributes.getOrDefault(name, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static JsonNode redrive(String policy) {
    try {
      return ExactJson.read(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the queue's RedrivePolicy is not JSON: " + policy, e);
    }
  }
}
