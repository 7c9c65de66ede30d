package io.pipelab.functions.consumer;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The table's item of one message. */
final class StoredItem {
  /** A table key holds 2048 bytes. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2048}");

  private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{1,15}");

  private StoredItem() {}

  /** Whether the body is a decimal number, which is all that the table takes. */
  static boolean accepts(Message message) {
    return message.body() != null && NUMBER.matcher(message.body()).matches();
  }

  /**
   * {@code {queueMessage, host, messageId, runId, sequence, sent, received, stored}}; a message
   * that was sent by hand has no run id and no sequence. Times are ISO 8601 in UTC.
   */
  static Map<String, AttributeValue> of(
      Message message, String host, Instant received, Instant stored) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("queueMessage", AttributeValue.fromS(message.body()));
    item.put("host", AttributeValue.fromS(host));
    item.put("messageId", AttributeValue.fromS(message.messageId()));
    String run = attribute(message, "pipelab-run");
    if (run != null) {
      item.put("runId", AttributeValue.fromS(run));
    }
    String sequence = attribute(message, "pipelab-sequence");
    if (sequence != null) {
      item.put(
          "sequence",
          NUMBER.matcher(sequence).matches() && sequence.length() <= 18
              ? AttributeValue.fromN(sequence)
              : AttributeValue.fromS(sequence));
    }
    String sent = attribute(message, "pipelab-sent");
    if (sent == null) {
      sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    }
    if (sent != null) {
      item.put("sent", AttributeValue.fromS(time(sent)));
    }
    item.put("received", AttributeValue.fromS(received.toString()));
    item.put("stored", AttributeValue.fromS(stored.toString()));
    return item;
  }

  private static @Nullable String attribute(Message message, String name) {
    MessageAttributeValue value = message.messageAttributes().get(name);
    String text = value == null ? null : value.stringValue();
    return text == null || text.isEmpty() ? null : text;
  }

  /** Milliseconds since the epoch as ISO 8601; any other text as it is. */
  private static String time(String text) {
    if (!EPOCH_MILLIS.matcher(text).matches()) {
      return text;
    }
    try {
      return Instant.ofEpochMilli(Long.parseLong(text)).toString();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
