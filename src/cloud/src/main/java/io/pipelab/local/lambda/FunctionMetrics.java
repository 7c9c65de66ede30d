package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Metrics;
import java.time.Duration;
import java.util.Map;

/** The AWS/Lambda metrics: for all functions, for one, and for what was invoked of it. */
final class FunctionMetrics {
  private static final String NAMESPACE = "AWS/Lambda";

  private final Metrics metrics;

  FunctionMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Adds to a count: Invocations, Errors, Throttles, AsyncEventsReceived ... */
  void count(Target target, String metric, int value) {
    record(target, metric, value, "Count");
  }

  void milliseconds(Target target, String metric, Duration value) {
    record(target, metric, value.toNanos() / 1e6, "Milliseconds");
  }

  private void record(Target target, String metric, double value, String unit) {
    String function = target.function().name();
    metrics.record(NAMESPACE, metric, Map.of(), value, unit);
    metrics.record(NAMESPACE, metric, Map.of("FunctionName", function), value, unit);
    metrics.record(
        NAMESPACE,
        metric,
        Map.of("FunctionName", function, "Resource", target.resource()),
        value,
        unit);
  }
}
