package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a queue treats its messages; times in seconds.
 *
 * @param deduplicatesGroups whether a deduplication id counts within its message group only
 * @param redrive where messages go that were received too often, or null
 */
public record QueueSettings(
    boolean fifo,
    int visibilityTimeout,
    int delay,
    int retention,
    boolean contentBasedDeduplication,
    boolean deduplicatesGroups,
    @Nullable Redrive redrive) {

  /**
   * A redrive policy.
   *
   * @param target the dead-letter queue's ARN
   * @param maxReceives how often a message may be received
   */
  public record Redrive(String target, int maxReceives) {}
}
