package io.pipelab.local.sns;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** A message as Publish, or an entry of PublishBatch, asks for it. */
record Publication(
    @Nullable String subject,
    @Nullable String message,
    @Nullable String structure,
    Map<String, MessageAttributeValue> attributes,
    @Nullable String groupId,
    @Nullable String deduplicationId) {

  static Publication of(PublishRequest request) {
    return new Publication(
        request.subject(),
        request.message(),
        request.messageStructure(),
        request.messageAttributes(),
        request.messageGroupId(),
        request.messageDeduplicationId());
  }

  static Publication of(PublishBatchRequestEntry entry) {
    return new Publication(
        entry.subject(),
        entry.message(),
        entry.messageStructure(),
        entry.messageAttributes(),
        entry.messageGroupId(),
        entry.messageDeduplicationId());
  }

  /** What another service publishes: a subject and a message. */
  static Publication of(@Nullable String subject, String message) {
    return new Publication(subject, message, null, Map.of(), null, null);
  }
}
