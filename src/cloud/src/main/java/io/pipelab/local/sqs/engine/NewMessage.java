package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * A message for a queue, checked by SQS's rules before.
 *
 * @param delaySeconds the message's own delay, or null for the queue's
 * @param groupId the message group; never null for a FIFO queue
 */
public record NewMessage(
    MessageContent content,
    @Nullable Integer delaySeconds,
    @Nullable String groupId,
    @Nullable String deduplicationId) {}
