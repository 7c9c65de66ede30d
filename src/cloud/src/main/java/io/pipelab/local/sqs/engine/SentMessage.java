package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was sent.
 *
 * @param sequenceNumber of FIFO queues, else null
 * @param duplicate whether an equal message came within the deduplication interval: these are its
 *     id and number then, and nothing was added
 */
public record SentMessage(String messageId, @Nullable String sequenceNumber, boolean duplicate) {}
