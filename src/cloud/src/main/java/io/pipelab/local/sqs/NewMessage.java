package io.pipelab.local.sqs;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A message that somebody wants to send, alone or in a batch. */
record NewMessage(
    @Nullable String body,
    Map<String, MessageAttributeValue> attributes,
    @Nullable Integer delaySeconds,
    @Nullable String groupId,
    @Nullable String deduplicationId) {

  static NewMessage of(SendMessageRequest request) {
    return new NewMessage(
        request.messageBody(),
        request.messageAttributes(),
        request.delaySeconds(),
        request.messageGroupId(),
        request.messageDeduplicationId());
  }

  static NewMessage of(SendMessageBatchRequestEntry entry) {
    return new NewMessage(
        entry.messageBody(),
        entry.messageAttributes(),
        entry.delaySeconds(),
        entry.messageGroupId(),
        entry.messageDeduplicationId());
  }
}
