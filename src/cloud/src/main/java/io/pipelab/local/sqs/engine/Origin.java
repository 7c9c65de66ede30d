package io.pipelab.local.sqs.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into a queue: a new one, or one that comes from another queue.
 *
 * @param deadLetterSource the ARN of the queue whose dead letter it is, or null
 */
record Origin(
    UUID id,
    MessageContent content,
    long sent,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable String deadLetterSource,
    int receiveCount,
    long firstReceived) {

  /** A message that never was in a queue. */
  static Origin of(NewMessage message, @Nullable String deduplicationId, long now) {
    return new Origin(
        MessageIds.next(), message.content(), now, message.groupId(), deduplicationId, null, 0, 0);
  }

  /** The same message as if sent now: FIFO queues count retention from the move on. */
  Origin sentAt(long now) {
    return new Origin(
        id, content, now, groupId, deduplicationId, deadLetterSource, receiveCount, firstReceived);
  }

  /** The same content as a new message: what a message move task makes of it. */
  Origin renewed(long now) {
    return new Origin(MessageIds.next(), content, now, groupId, deduplicationId, null, 0, 0);
  }
}
