package io.pipelab.local.ecs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a service may start a task again after others ended too soon: ever later, up to a quarter of
 * an hour ("Amazon ECS service throttle logic" in the ECS guide). Cloud time.
 */
final class Restarts {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private int failures;
  private @Nullable Instant notBefore;

  /**
   * Takes note of a task that nobody asked to stop.
   *
   * @param started when it was running, or null when it never was
   */
  void ended(@Nullable Instant started, Instant now) {
    if (started != null && started.plus(SOON).isBefore(now)) {
      forget();
      return;
    }
    failures++;
    Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    notBefore = now.plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay);
  }

  /** How many tasks in a row ended too soon. */
  int failures() {
    return failures;
  }

  /** How long to wait, zero for not at all. */
  Duration left(Instant now) {
    return notBefore == null || !notBefore.isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, notBefore);
  }

  void forget() {
    failures = 0;
    notBefore = null;
  }
}
