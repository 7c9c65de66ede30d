package io.pipelab.target;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when something may take. */
public final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;
  private final Duration allowed;

  private Deadline(Duration allowed, LongSupplier nanoTime) {
    this.allowed = allowed;
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + allowed.toNanos();
  }

  /** A deadline from now on. */
  public static Deadline in(Duration allowed) {
    return new Deadline(allowed, System::nanoTime);
  }

  static Deadline in(Duration allowed, LongSupplier nanoTime) {
    return new Deadline(allowed, nanoTime);
  }

  /** Whether it is over. */
  public boolean isOver() {
    return nanoTime.getAsLong() - end >= 0;
  }

  /** What was allowed in all. */
  public Duration allowed() {
    return allowed;
  }

  /** What is left of it; never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }
}
