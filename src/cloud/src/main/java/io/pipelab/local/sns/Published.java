package io.pipelab.local.sns;

import org.jspecify.annotations.Nullable;

/**
 * What a publisher learns of its message.
 *
 * @param sequenceNumber its place in a FIFO topic; null of a standard one
 */
record Published(String messageId, @Nullable String sequenceNumber) {}
