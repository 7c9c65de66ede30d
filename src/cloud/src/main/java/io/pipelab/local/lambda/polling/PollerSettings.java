package io.pipelab.local.lambda.polling;

import java.time.Duration;

/**
 * How a queue is read.
 *
 * @param enabled whether it is read at all
 * @param batchSize the most messages of one event, 1 to 10,000
 * @param window how long a batch is gathered, in real time; zero takes what one receive gives
 * @param concurrency how many batches run at a time
 * @param partial whether the function reports which messages of a batch failed
 *     (ReportBatchItemFailures)
 */
public record PollerSettings(
    boolean enabled, int batchSize, Duration window, int concurrency, boolean partial) {}
