package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * A message as one receive saw it; times in epoch milliseconds.
 *
 * @param receiveCount how often it was received, this time included
 * @param sequenceNumber of FIFO queues, else null
 * @param deadLetterSource the ARN of the queue that it was moved from, or null
 */
public record ReceivedMessage(
    String messageId,
    String receiptHandle,
    MessageContent content,
    long sent,
    long firstReceived,
    int receiveCount,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable String sequenceNumber,
    @Nullable String deadLetterSource) {}
