package io.pipelab.local.sqs;

import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.AWS_TRACE_HEADER;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.MESSAGE_GROUP_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SENDER_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SENT_TIMESTAMP;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SEQUENCE_NUMBER;

import io.pipelab.local.sqs.engine.MessageAttributes;
import io.pipelab.local.sqs.engine.ReceivedMessage;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * What of a message a receiver asked to see.
 *
 * @param system names of system attributes, perhaps {@code All}
 * @param names names of message attributes, {@code All}, or prefixes as {@code bar.*}
 * @param senderId what SQS calls the sender
 */
record MessageView(Set<String> system, List<String> names, String senderId) {
  static MessageView of(ReceiveMessageRequest request, String senderId) {
    Set<String> system = new HashSet<>(request.attributeNamesAsStrings());
    system.addAll(request.messageSystemAttributeNamesAsStrings());
    return new MessageView(system, request.messageAttributeNames(), senderId);
  }

  Message of(ReceivedMessage message) {
    Message.Builder shown =
        Message.builder()
            .messageId(message.messageId())
            .receiptHandle(message.receiptHandle())
            .body(message.content().body())
            .md5OfBody(message.content().bodyMd5().hex());
    if (!system.isEmpty()) {
      Map<MessageSystemAttributeName, String> chosen = systemAttributes(message);
      shown.attributes(chosen.isEmpty() ? null : chosen);
    }
    if (!names.isEmpty() && !message.content().attributes().isEmpty()) {
      MessageAttributes chosen = message.content().attributes().only(this::asksFor);
      if (!chosen.isEmpty()) {
        shown.messageAttributes(Attributes.of(chosen)).md5OfMessageAttributes(chosen.md5().hex());
      }
    }
    return shown.build();
  }

  private Map<MessageSystemAttributeName, String> systemAttributes(ReceivedMessage message) {
    Map<MessageSystemAttributeName, String> chosen =
        new EnumMap<>(MessageSystemAttributeName.class);
    add(chosen, SENDER_ID, senderId);
    add(chosen, SENT_TIMESTAMP, String.valueOf(message.sent()));
    add(chosen, APPROXIMATE_RECEIVE_COUNT, String.valueOf(message.receiveCount()));
    add(chosen, APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, String.valueOf(message.firstReceived()));
    add(chosen, MESSAGE_GROUP_ID, message.groupId());
    add(chosen, MESSAGE_DEDUPLICATION_ID, message.deduplicationId());
    add(chosen, SEQUENCE_NUMBER, message.sequenceNumber());
    add(chosen, DEAD_LETTER_QUEUE_SOURCE_ARN, message.deadLetterSource());
    add(chosen, AWS_TRACE_HEADER, message.content().traceHeader());
    return chosen;
  }

  private void add(
      Map<MessageSystemAttributeName, String> chosen,
      MessageSystemAttributeName name,
      @Nullable String value) {
    if (value != null && (system.contains("All") || system.contains(name.toString()))) {
      chosen.put(name, value);
    }
  }

  private boolean asksFor(String name) {
    for (String asked : names) {
      if (asked.equals("All")
          || asked.equals(name)
          || asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2))) {
        return true;
      }
    }
    return false;
  }
}
