package io.pipelab.verify;

import java.time.Duration;

/**
 * How long a claim is waited for.
 *
 * @param quiet how long nothing may have changed, in the target's time, which may run faster
 * @param floor how much real time must have passed too: programs start in real time everywhere
 * @param atMost the real time after which it is over, whatever changes
 */
record Limit(Duration quiet, Duration floor, Duration atMost) {
  private static final Duration REAL = Duration.ofSeconds(30);

  /** As a check type says: slow, but steady progress may take several times as long. */
  static Limit of(Duration within) {
    return new Limit(within, shorter(within, REAL), within.multipliedBy(6));
  }

  /** As the user says. */
  static Limit exactly(Duration within) {
    return new Limit(within, within, within);
  }

  /** The same, and over when the whole verification is. */
  Limit cut(Duration left) {
    return new Limit(quiet, floor, shorter(atMost, left));
  }

  /** For a claim whose cause is known to be missing: a look, and a few more. */
  Limit brief() {
    Duration tenth = quiet.dividedBy(10);
    return new Limit(
        tenth, shorter(tenth, Duration.ofSeconds(3)), shorter(atMost, tenth.multipliedBy(2)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
