package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.report.MetricCharts;
import io.pipelab.report.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuccessRateTest {
  private static final Instant FROM = Instant.parse("2026-11-21T17:00:00Z");

  @Test
  void itIsThePartOfTheInvocationsThatDidNotFailMinuteByMinute() {
    List<MetricSeries> all =
        SuccessRate.added(
            List.of(
                series("function a", "Invocations", 4.0, null, 0.0, 10.0, 2.0),
                series("function a", "Errors", 1.0, null, 0.0, 10.0, null),
                series("function a", "Throttles", 7.0)));

    assertEquals(
        List.of("Invocations", "Errors", "SuccessRate", "Throttles"),
        all.stream().map(series -> series.metric().name()).toList());
    assertEquals(Arrays.asList(75.0, null, null, 0.0, 100.0), all.get(2).values());
    assertEquals("function a", all.get(2).metric().of());
  }

  @Test
  void eachFunctionHasItsOwnAndNothingElseHasOne() {
    List<MetricSeries> all =
        SuccessRate.added(
            List.of(
                series("function a", "Invocations", 1.0),
                series("function a", "Errors", 1.0),
                series("function b", "Invocations", 2.0),
                series("function b", "Errors", 0.0),
                series("alarm Errors", "Invocations", 3.0),
                series("alarm Errors", "Errors", 3.0)));

    assertEquals(
        List.of(0.0, 100.0),
        all.stream()
            .filter(series -> series.metric().name().equals("SuccessRate"))
            .map(series -> series.latest().orElseThrow())
            .toList());
  }

  @Test
  void aChartSaysTheWorstMinute() {
    List<MetricSeries> all =
        SuccessRate.added(
            List.of(
                series("function a", "Invocations", 4.0, 4.0),
                series("function a", "Errors", 3.0, 0.0)));

    String chart = String.join("\n", MetricCharts.text(all, Style.of(false)));

    assertTrue(chart.contains("SuccessRate Percent"), chart);
    assertTrue(chart.contains("last 100, min 25"), chart);
    assertTrue(chart.contains("last 0, max 3, total 3"), chart);
  }

  private static MetricSeries series(String of, String name, @Nullable Double... values) {
    Metric metric =
        new Metric(of, "AWS/Lambda", name, Map.of("FunctionName", of.substring(9)), "Sum", "");
    return new MetricSeries(metric, FROM, Duration.ofMinutes(1), Arrays.asList(values));
  }
}
