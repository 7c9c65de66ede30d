package io.pipelab.drive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * One message of a load. Its accounting travels in message attributes, never in the body.
 *
 * @param sequence from 1
 */
record Outgoing(String runId, long sequence, String body) {
  /** Room for the attributes' names, types and values, which count as message bytes. */
  private static final int ATTRIBUTE_BYTES = 256;

  /** Bytes as SQS counts them, at most. */
  int size() {
    return body.getBytes(StandardCharsets.UTF_8).length + runId.length() + ATTRIBUTE_BYTES;
  }

  SendMessageBatchRequestEntry entry(Instant now) {
    return SendMessageBatchRequestEntry.builder()
        .id(String.valueOf(sequence))
        .messageBody(body)
        .messageAttributes(
            Map.of(
                "pipelab-run", value("String", runId),
                "pipelab-sequence", value("Number", String.valueOf(sequence)),
                "pipelab-sent", value("String", now.toString())))
        .build();
  }

  private static MessageAttributeValue value(String type, String text) {
    return MessageAttributeValue.builder().dataType(type).stringValue(text).build();
  }
}
