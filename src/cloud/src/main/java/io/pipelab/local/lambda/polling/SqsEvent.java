package io.pipelab.local.lambda.polling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.Arn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The event in which a function sees messages (Lambda Developer Guide, "Example SQS event"). */
public final class SqsEvent {
  /** What a synchronous invocation can carry. */
  private static final int MAX_BYTES = 6_291_456;

  private static final int FRAME_BYTES = "{\"Records\":[]}".length();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Message> messages;
  private final byte[] json;

  private SqsEvent(List<Message> messages, byte[] json) {
    this.messages = messages;
    this.json = json;
  }

  /** One event for the messages, or several when they are too much for one payload. */
  public static List<SqsEvent> of(List<Message> batch, String queueArn) {
    List<SqsEvent> events = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    StringBuilder records = new StringBuilder();
    int bytes = FRAME_BYTES;
    for (Message message : batch) {
      String record = record(message, queueArn).toString();
      int size = record.getBytes(StandardCharsets.UTF_8).length + 1;
      if (!messages.isEmpty() && bytes + size > MAX_BYTES) {
        events.add(event(messages, records));
        messages = new ArrayList<>();
        records.setLength(0);
        bytes = FRAME_BYTES;
      }
      messages.add(message);
      records.append(records.isEmpty() ? "" : ",").append(record);
      bytes += size;
    }
    events.add(event(messages, records));
    return events;
  }

  private static SqsEvent event(List<Message> messages, CharSequence records) {
    String json = "{\"Records\":[" + records + "]}";
    return new SqsEvent(List.copyOf(messages), json.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode record(Message message, String queueArn) {
    ObjectNode record = JSON.createObjectNode();
    record.put("messageId", message.messageId());
    record.put("receiptHandle", message.receiptHandle());
    record.put("body", message.body());
    ObjectNode attributes = record.putObject("attributes");
    message.attributes().forEach((name, value) -> attributes.put(name.toString(), value));
    ObjectNode own = record.putObject("messageAttributes");
    message.messageAttributes().forEach((name, value) -> own.set(name, attribute(value)));
    record.put("md5OfBody", message.md5OfBody());
    if (message.md5OfMessageAttributes() != null) {
      record.put("md5OfMessageAttributes", message.md5OfMessageAttributes());
    }
    record.put("eventSource", "aws:sqs");
    record.put("eventSourceARN", queueArn);
    record.put("awsRegion", Arn.parse(queueArn).region());
    return record;
  }

  private static ObjectNode attribute(MessageAttributeValue value) {
    ObjectNode attribute = JSON.createObjectNode();
    if (value.stringValue() != null) {
      attribute.put("stringValue", value.stringValue());
    }
    if (value.binaryValue() != null) {
      byte[] binary = value.binaryValue().asByteArrayUnsafe();
      attribute.put("binaryValue", Base64.getEncoder().encodeToString(binary));
    }
    ArrayNode none = JSON.createArrayNode();
    attribute.set("stringListValues", none);
    attribute.set("binaryListValues", none);
    return attribute.put("dataType", value.dataType());
  }

  public List<Message> messages() {
    return messages;
  }

  /** The payload. */
  public byte[] json() {
    return json.clone();
  }
}
