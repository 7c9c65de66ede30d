package io.pipelab.report;

import io.pipelab.workflow.look.Metric;
import io.pipelab.workflow.look.MetricSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as small charts with their numbers, and as JSON. */
public final class MetricCharts {
  private MetricCharts() {}

  /** A heading for each thing of the lab, and a line below it for each of its metrics. */
  public static List<String> text(List<MetricSeries> series, Style style) {
    int width = series.stream().mapToInt(s -> label(s.metric()).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    String last = "";
    for (MetricSeries one : series) {
      Metric metric = one.metric();
      if (!metric.of().equals(last)) {
        last = metric.of();
        lines.add(
            style.strong(last) + (metric.note().isEmpty() ? "" : "  (" + metric.note() + ")"));
      }
      String label = label(metric);
      lines.add("  " + label + " ".repeat(width - label.length()) + "  " + chart(one, style));
    }
    return lines;
  }

  /** One object a metric; only the periods for which there is a value. */
  public static Map<String, Object> json(MetricSeries series) {
    Metric metric = series.metric();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", metric.of());
    json.put("namespace", metric.namespace());
    json.put("metric", metric.name());
    json.put("dimensions", metric.dimensions());
    json.put("statistic", metric.statistic());
    if (!metric.note().isEmpty()) {
      json.put("note", metric.note());
    }
    json.put("points", points(series));
    return json;
  }

  private static List<Map<String, Object>> points(MetricSeries series) {
    List<Map<String, Object>> points = new ArrayList<>();
    Instant at = series.from();
    for (@Nullable Double value : series.values()) {
      if (value != null) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", at);
        point.put("value", value);
        points.add(point);
      }
      at = at.plus(series.period());
    }
    return points;
  }

  private static String label(Metric metric) {
    return metric.name() + " " + metric.statistic();
  }

  private static String chart(MetricSeries series, Style style) {
    if (series.latest().isEmpty()) {
      return style.faint("no data");
    }
    boolean rate = series.metric().statistic().equals("Percent");
    String numbers =
        "last "
            + number(series.latest().orElseThrow())
            + (rate ? ", min " : ", max ")
            + number((rate ? series.least() : series.greatest()).orElseThrow())
            + (series.metric().statistic().equals("Sum") && series.metric().note().isEmpty()
                ? ", total " + number(series.total())
                : "");
    return style.good(Sparkline.of(series.values())) + "  " + numbers;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
