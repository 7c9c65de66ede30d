package io.pipelab.workflow.look;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that charts show, in periods of full minutes.
 *
 * @param from the start of the first period, a multiple of the period as CloudWatch wants it
 * @param to the end of the last, which may not be over
 */
public record MetricSpan(Instant from, Instant to, Duration period) {
  /** A chart is no wider than this. */
  private static final int MOST_PERIODS = 60;

  private static final long MINUTE = 60;

  /** The span from {@code start} to the end of the period that is now. */
  static MetricSpan of(Instant start, Instant now) {
    long minutes =
        Math.max(1, Math.floorDiv(now.getEpochSecond() - start.getEpochSecond(), MINUTE));
    long period = Math.floorDiv(minutes + MOST_PERIODS - 1, MOST_PERIODS) * MINUTE;
    long from = Math.floorDiv(start.getEpochSecond(), period) * period;
    long to = Math.floorDiv(now.getEpochSecond(), period) * period + period;
    return new MetricSpan(
        Instant.ofEpochSecond(Math.min(from, to - period)),
        Instant.ofEpochSecond(to),
        Duration.ofSeconds(period));
  }
}
