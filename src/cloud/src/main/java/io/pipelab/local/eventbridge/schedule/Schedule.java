package io.pipelab.local.eventbridge.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A rule's schedule expression, {@code rate(5 minutes)} or {@code cron(0 10 * * ? *)} (EventBridge
 * User Guide, "Creating a rule that runs on a schedule"). Times are UTC.
 */
public sealed interface Schedule permits Rate, Cron {
  /**
   * The first time after a moment.
   *
   * @param created when the rule got the schedule
   * @return nothing when there is none any more
   */
  Optional<Instant> next(Instant after, Instant created);

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Schedule parse(String expression) {
    if (expression.startsWith("rate(") && expression.endsWith(")")) {
      return Rate.parse(expression.substring(5, expression.length() - 1));
    }
    if (expression.startsWith("cron(") && expression.endsWith(")")) {
      return Cron.parse(expression.substring(5, expression.length() - 1));
    }
    throw new IllegalArgumentException(expression);
  }
}
