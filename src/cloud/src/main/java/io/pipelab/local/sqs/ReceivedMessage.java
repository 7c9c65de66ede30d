package io.pipelab.local.sqs;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** What of a message a receiver asked to see. */
final class ReceivedMessage {
  private ReceivedMessage() {}

  /**
   * Cuts a message to the attributes that the request names.
   *
   * @param senderId what SQS calls the sender; the engine would say its own address
   */
  static Message shown(Message message, ReceiveMessageRequest request, String senderId) {
    Map<String, MessageAttributeValue> attributes =
        chosen(message.messageAttributes(), request.messageAttributeNames());
    Message.Builder shown =
        message.toBuilder()
            .attributes(systemAttributes(message, request, senderId))
            .messageAttributes(attributes.isEmpty() ? null : attributes)
            .md5OfMessageAttributes(attributes.isEmpty() ? null : AttributeDigest.md5(attributes));
    return shown.build();
  }

  /** Whether the message was sent longer ago than its queue keeps messages. */
  static boolean expired(Message message, int retentionSeconds, Instant now) {
    String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return sent != null
        && Instant.ofEpochMilli(Long.parseLong(sent)).plusSeconds(retentionSeconds).isBefore(now);
  }

  private static Map<MessageSystemAttributeName, String> systemAttributes(
      Message message, ReceiveMessageRequest request, String senderId) {
    Set<String> names = new HashSet<>(request.attributeNamesAsStrings());
    names.addAll(request.messageSystemAttributeNamesAsStrings());
    Map<MessageSystemAttributeName, String> chosen =
        new EnumMap<>(MessageSystemAttributeName.class);
    message
        .attributes()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty() && (names.contains("All") || names.contains(name.toString()))) {
                chosen.put(name, value);
              }
            });
    chosen.computeIfPresent(MessageSystemAttributeName.SENDER_ID, (name, address) -> senderId);
    return chosen;
  }

  private static Map<String, MessageAttributeValue> chosen(
      Map<String, MessageAttributeValue> attributes, List<String> names) {
    Map<String, MessageAttributeValue> chosen = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (names.stream().anyMatch(asked -> asksFor(asked, name))) {
            chosen.put(name, value);
          }
        });
    return chosen;
  }

  /** A name, all of them, or a prefix: {@code bar.*}. */
  private static boolean asksFor(String asked, String name) {
    return asked.equals("All")
        || asked.equals(".*")
        || asked.equals(name)
        || asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2));
  }
}
