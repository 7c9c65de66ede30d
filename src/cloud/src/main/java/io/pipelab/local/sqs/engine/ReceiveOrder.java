package io.pipelab.local.sqs.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who receives asks for.
 *
 * @param max at most so many messages, 1 to 10
 * @param visibilitySeconds how long they stay invisible, or null for the queue's timeout
 * @param waitTime how long to wait for the first message; zero answers at once
 * @param attemptId ReceiveRequestAttemptId of FIFO queues, or null
 */
public record ReceiveOrder(
    int max, @Nullable Integer visibilitySeconds, Duration waitTime, @Nullable String attemptId) {}
