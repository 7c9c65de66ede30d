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
 * @param bytes of message and attributes, as SNS counts them
 */
record Notification(
    String messageId,
    String topicArn,
    @Nullable String subject,
    String message,
    Map<String, String> byProtocol,
    Map<String, MessageAttributeValue> attributes,
    Instant published,
    int bytes) {

  /** The text for a protocol. */
  String textFor(Protocol protocol) {
    return byProtocol.getOrDefault(protocol.word(), message);
  }
}
