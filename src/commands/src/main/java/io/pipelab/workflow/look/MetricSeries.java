package io.pipelab.workflow.look;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric's values over a span of time.
 *
 * @param from the start of the first period
 * @param values one a period, oldest first; null where CloudWatch has none
 */
public record MetricSeries(
    Metric metric, Instant from, Duration period, List<@Nullable Double> values) {

  /** Puts what CloudWatch has into the periods from {@code from} to {@code to}. */
  static MetricSeries of(Metric metric, MetricSpan span, Map<Instant, Double> known) {
    List<@Nullable Double> values = new ArrayList<>();
    for (Instant at = span.from(); at.isBefore(span.to()); at = at.plus(span.period())) {
      values.add(known.get(at));
    }
    return new MetricSeries(metric, span.from(), span.period(), values);
  }

  /** The youngest value, if there is any. */
  public Optional<Double> latest() {
    return known().stream().reduce((first, second) -> second);
  }

  /** The greatest value, if there is any. */
  public Optional<Double> greatest() {
    return known().stream().max(Double::compare);
  }

  /** The smallest value, if there is any. */
  public Optional<Double> least() {
    return known().stream().min(Double::compare);
  }

  /** The sum of all values. */
  public double total() {
    return known().stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<Double> known() {
    return values.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
