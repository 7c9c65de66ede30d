package io.pipelab.local.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;

/**
 * The cloud's time. It may run faster than the wall clock, so that a CloudWatch minute takes three
 * seconds; everything that AWS does by the minute reads this clock and no other.
 */
public interface CloudClock {
  /** Cloud time now. */
  Instant now();

  /** How many cloud seconds pass in one wall second; 1 is real time. */
  int speed();

  /** Runs a task once, after a span of cloud time. */
  ScheduledFuture<?> after(Duration cloudTime, Runnable task);

  /**
   * Runs a task at every multiple of a span of cloud time (each full minute, say), until cancelled.
   */
  ScheduledFuture<?> every(Duration cloudTime, Runnable task);
}
