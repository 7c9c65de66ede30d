package io.pipelab.local.sqs;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A message that somebody wants to send, alone or in a batch. */
record SendEntry(
    @Nullable String body,
    Map<String, MessageAttributeValue> attributes,
    Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> systemAttributes,
    @Nullable Integer delaySeconds,
    @Nullable String groupId,
    @Nullable String deduplicationId) {

  static SendEntry of(SendMessageRequest request) {
    return new SendEntry(
        request.messageBody(),
        request.messageAttributes(),
        request.messageSystemAttributes(),
        request.delaySeconds(),
        request.messageGroupId(),
        request.messageDeduplicationId());
  }

  static SendEntry of(SendMessageBatchRequestEntry entry) {
    return new SendEntry(
        entry.messageBody(),
        entry.messageAttributes(),
        entry.messageSystemAttributes(),
        entry.delaySeconds(),
        entry.messageGroupId(),
        entry.messageDeduplicationId());
  }

  /** The system attribute AWSTraceHeader, or null. */
  @Nullable String traceHeader() {
    MessageSystemAttributeValue value =
        systemAttributes.get(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER);
    return value == null ? null : value.stringValue();
  }
}
