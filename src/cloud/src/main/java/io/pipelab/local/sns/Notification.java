package io.pipelab.local.sns;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * One published message.
 *
 * @param byProtocol the message by protocol when it was published with {@code
 *     MessageStructure=json}
 * @param place where it stands in a FIFO topic, and whose it is
 * @param bytes of message and attributes, as SNS counts them
 */
record Notification(
    String messageId,
    String topicArn,
    @Nullable String subject,
    String message,
    Map<String, String> byProtocol,
    Map<String, MessageAttributeValue> attributes,
    Place place,
    Instant published,
    int bytes) {

  /**
   * A message's place among others.
   *
   * @param sequenceNumber grows from message to message of a FIFO topic; null of a standard one
   * @param groupId the messages that stay in order, or of a standard topic share a queue fairly
   * @param deduplicationId what a FIFO queue knows it by; null of a standard topic
   */
  record Place(
      @Nullable String sequenceNumber,
      @Nullable String groupId,
      @Nullable String deduplicationId) {}

  /** The text for a protocol. */
  String textFor(Protocol protocol) {
    return byProtocol.getOrDefault(protocol.word(), message);
  }
}
