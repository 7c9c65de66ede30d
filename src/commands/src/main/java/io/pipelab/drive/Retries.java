package io.pipelab.drive;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often a message is tried, and the growing, jittered pauses between. */
class Retries {
  static final int TRIES = 6;
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Waits before the next try; false when interrupted. */
  boolean pause(int tried) {
    long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tried, 16));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
