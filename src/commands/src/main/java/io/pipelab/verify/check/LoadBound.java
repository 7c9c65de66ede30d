package io.pipelab.verify.check;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * The setting {@code whenLoadAbove}: a claim about what a load sets moving turns round, to
 * "nothing", when the load was too small to set it moving.
 */
public record LoadBound(OptionalLong bound) {
  public static final String SETTING = "whenLoadAbove";

  /** By then an alarm of one minute has seen the whole load, even where metrics are late. */
  private static final Duration QUIET = Duration.ofMinutes(4);

  public static LoadBound of(Settings settings) {
    return new LoadBound(settings.numberIfAny(SETTING));
  }

  /** Whether the last load was large enough; true when there is no bound or no load. */
  public boolean moves(CheckScope scope) {
    return scope
        .load()
        .map(load -> bound.isEmpty() || load.backlog() > bound.getAsLong())
        .orElse(true);
  }

  /** How a turned claim begins: {@code "50 messages are not above 100: "}. */
  public String why(CheckScope scope) {
    long backlog = scope.load().map(LoadRecord::backlog).orElse(0L);
    return backlog + " messages are not above " + bound.orElse(0) + ": ";
  }

  /** Nothing was seen: that is so only when it had the time to come. */
  public Observation nothing(Claim claim, CheckScope scope, String actual) {
    return settled(scope) ? claim.holds(actual) : claim.notYet(actual + " so far");
  }

  /** Whether whatever the last load could set moving would have moved by now. */
  public boolean settled(CheckScope scope) {
    return scope
        .load()
        .map(load -> !scope.now().isBefore(load.finishedAt().plus(QUIET)))
        .orElse(true);
  }

  /** When the last load began; the beginning of time when there was none. */
  public static Instant since(CheckScope scope) {
    return scope.load().map(LoadRecord::startedAt).orElse(Instant.EPOCH);
  }

  /** {@link #since} for metrics, which are kept by the minute. */
  public static Instant sinceMinute(CheckScope scope) {
    return since(scope).truncatedTo(ChronoUnit.MINUTES);
  }
}
