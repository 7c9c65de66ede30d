package io.pipelab.local.sqs.engine;

import java.time.Duration;

/** How queues come back to something later, and hand messages to those who wait for them. */
public interface Scheduler {
  /** Runs a task after so long; the task does not block. */
  Cancellable after(Duration delay, Runnable task);

  /** Runs a task soon, on a thread that holds no queue's lock. */
  void soon(Runnable task);

  /** A task that need not run any more. */
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }
}
