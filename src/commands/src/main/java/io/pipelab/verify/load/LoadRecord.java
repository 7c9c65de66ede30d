package io.pipelab.verify.load;

import java.time.Instant;

/**
 * One load: what was put into a lab's queue, and when.
 *
 * @param runId the run id that each message carries
 * @param queueUrl the queue
 * @param asked how many messages were to be sent, poison included
 * @param sent how many the queue took, poison included
 * @param poison how many of those sent cannot be processed, on purpose
 * @param backlogBefore how many messages were already visible in the queue
 * @param items how many items must come of it: as many as its valid messages have different bodies
 * @param startedAt the target's time just before the first message ({@code TargetTime})
 * @param finishedAt the target's time just after the last
 */
public record LoadRecord(
    String runId,
    String queueUrl,
    long asked,
    long sent,
    long poison,
    long backlogBefore,
    long items,
    Instant startedAt,
    Instant finishedAt) {

  /** A load whose valid messages all differ, as they do unless a user gives the body. */
  public LoadRecord(
      String runId,
      String queueUrl,
      long asked,
      long sent,
      long poison,
      long backlogBefore,
      Instant startedAt,
      Instant finishedAt) {
    this(runId, queueUrl, asked, sent, poison, backlogBefore, sent - poison, startedAt, finishedAt);
  }

  /** How many messages were waiting when the load was over, had nobody taken one. */
  public long backlog() {
    return backlogBefore + sent;
  }
}
