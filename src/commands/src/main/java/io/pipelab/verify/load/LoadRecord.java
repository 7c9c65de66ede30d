package io.pipelab.verify.load;

import java.time.Instant;

/**
 * One load: what was put into a lab's queue, and when.
 *
 * @param runId the run id that each message carries
 * @param queueUrl the queue
 * @param asked how many messages were to be sent, poison included
 * @param sent how many the queue took, poison included
 * @param uncertain how many more the queue may have taken; all of them while the load goes on, and
 *     when it was killed
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
    long uncertain,
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
    this(
        runId,
        queueUrl,
        asked,
        sent,
        0,
        poison,
        backlogBefore,
        sent - poison,
        startedAt,
        finishedAt);
  }

  /** The same, when it is known how many messages the queue took. */
  public LoadRecord settled(long taken) {
    long bad = Math.min(poison, taken);
    long made = taken == sent ? items : taken - bad;
    return new LoadRecord(
        runId, queueUrl, asked, taken, 0, bad, backlogBefore, made, startedAt, finishedAt);
  }

  /** How many messages were waiting when the load was over, had nobody taken one. */
  public long backlog() {
    return backlogBefore + sent;
  }
}
