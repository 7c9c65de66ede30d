package io.pipelab.drive;

import java.time.Duration;

/** Spreads messages over time: at most so many a second. */
final class Pace {
  private final double perSecond;
  private final long start;
  private long given;

  /**
   * A pace that starts now.
   *
   * @param perSecond messages a second; infinite for as fast as it goes
   */
  Pace(double perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.start = nowNanos;
  }

  /** How long to wait before so many more messages may go. */
  synchronized Duration reserve(int messages, long nowNanos) {
    long due = start + (long) (given / perSecond * 1e9);
    given += messages;
    return Duration.ofNanos(Math.max(0, due - nowNanos));
  }
}
