package io.pipelab.local.logs;

import io.pipelab.local.kernel.DatedMetrics;
import io.pipelab.local.kernel.Metrics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/**
 * One metric filter: makes a data point of each event that matches. Not safe for threads; {@link
 * LogGroups} guards it.
 *
 * <p>Source: CloudWatch Logs user guide, "Configuring metric values for a metric filter".
 */
final class MetricFilterRule {
  private final MetricFilter shown;
  private final LogPattern pattern;
  private boolean ingested;
  private boolean matched;

  MetricFilterRule(MetricFilter shown, LogPattern pattern) {
    this.shown = shown;
    this.pattern = pattern;
  }

  /** As DescribeMetricFilters shows it. */
  MetricFilter shown() {
    return shown;
  }

  /** Looks at an event that comes in, and records its value at the event's own time. */
  void observe(Event event, DatedMetrics metrics) {
    ingested = true;
    if (!pattern.test(event.message())) {
      return;
    }
    matched = true;
    MetricTransformation transformation = transformation();
    Double value = value(transformation.metricValue(), event.message());
    Map<String, String> dimensions = dimensions(transformation, event.message());
    if (value != null && dimensions != null) {
      metrics.recordAt(
          Instant.ofEpochMilli(event.timestamp()),
          transformation.metricNamespace(),
          transformation.metricName(),
          dimensions,
          value,
          unit(transformation));
    }
  }

  /** At each full minute: the default value, when events came of which none matched. */
  void minuteEnds(Metrics metrics) {
    MetricTransformation transformation = transformation();
    if (ingested && !matched && transformation.defaultValue() != null) {
      metrics.record(
          transformation.metricNamespace(),
          transformation.metricName(),
          Map.of(),
          transformation.defaultValue(),
          unit(transformation));
    }
    ingested = false;
    matched = false;
  }

  private MetricTransformation transformation() {
    return shown.metricTransformations().get(0);
  }

  /** The number that stands there, or that a field of the message is; null when it is none. */
  private @Nullable Double value(String metricValue, String message) {
    String text = metricValue.startsWith("$") ? pattern.field(message, metricValue) : metricValue;
    BigDecimal number = text == null ? null : Comparison.number(text.strip());
    return number == null ? null : number.doubleValue();
  }

  /** Null when a field is missing: such an event makes no data point. */
  private @Nullable Map<String, String> dimensions(
      MetricTransformation transformation, String message) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> dimension : transformation.dimensions().entrySet()) {
      String value = pattern.field(message, dimension.getValue());
      if (value == null || value.isBlank()) {
        return null;
      }
      values.put(dimension.getKey(), value);
    }
    return values;
  }

  private static String unit(MetricTransformation transformation) {
    return transformation.unit() == null ? "None" : transformation.unitAsString();
  }
}
