package io.pipelab.workflow.look;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a function's invocations that ended without an error, in percent, as the console's
 * Monitor tab draws it: CloudWatch has no such metric.
 */
final class SuccessRate {
  static final String PERCENT = "Percent";

  private SuccessRate() {}

  /** The series, and behind each function's Errors its success rate. */
  static List<MetricSeries> added(List<MetricSeries> all) {
    List<MetricSeries> more = new ArrayList<>();
    for (MetricSeries series : all) {
      more.add(series);
      if (isOfFunction(series, "Errors")) {
        all.stream()
            .filter(other -> isOfFunction(other, "Invocations"))
            .filter(other -> other.metric().dimensions().equals(series.metric().dimensions()))
            .findFirst()
            .ifPresent(invocations -> more.add(of(invocations, series)));
      }
    }
    return more;
  }

  private static boolean isOfFunction(MetricSeries series, String name) {
    Metric metric = series.metric();
    return metric.of().startsWith(LabMetrics.FUNCTIONS) && metric.name().equals(name);
  }

  private static MetricSeries of(MetricSeries invocations, MetricSeries errors) {
    Metric metric = errors.metric();
    List<@Nullable Double> rates = new ArrayList<>();
    for (int i = 0; i < invocations.values().size(); i++) {
      @Nullable Double all = invocations.values().get(i);
      @Nullable Double failed = errors.values().get(i);
      rates.add(all == null || all == 0 ? null : 100 - 100 * (failed == null ? 0 : failed) / all);
    }
    return new MetricSeries(
        new Metric(
            metric.of(),
            metric.namespace(),
            "SuccessRate",
            metric.dimensions(),
            PERCENT,
            "100 - 100 * Errors / Invocations"),
        errors.from(),
        errors.period(),
        rates);
  }
}
