package io.pipelab.local.kinesis.engine;

/**
 * What may be taken each second: a bucket that holds one second's worth. One taking may be greater
 * than what is left, and is paid back before the next.
 */
final class Budget {
  private static final double MILLIS = 1000.0;

  private final double perSecond;
  private double left;
  private long at = Long.MIN_VALUE;

  Budget(long perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
  }

  /** Whether so much is there; a full bucket gives whatever is asked. */
  boolean has(double amount, long now) {
    fill(now);
    return left >= Math.min(amount, perSecond);
  }

  /** Whether anything is there at all. */
  boolean hasAny(long now) {
    fill(now);
    return left > 0;
  }

  void take(double amount) {
    left -= amount;
  }

  private void fill(long now) {
    if (at == Long.MIN_VALUE) {
      at = now;
    }
    if (now > at) {
      left = Math.min(perSecond, left + (now - at) * perSecond / MILLIS);
      at = now;
    }
  }
}
