package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricSpanTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Metric METRIC = new Metric("queue q", "n", "m", Map.of(), "Sum", "");

  @Test
  void takesFullMinutesAndTheOneThatIsNotOver() {
    MetricSpan span = MetricSpan.of(NOON.plusSeconds(30), NOON.plusSeconds(150));

    assertEquals(new MetricSpan(NOON, NOON.plusSeconds(180), Duration.ofMinutes(1)), span);
  }

  @Test
  void makesPeriodsLongerForALongTime() {
    assertEquals(
        Duration.ofMinutes(3), MetricSpan.of(NOON, NOON.plus(Duration.ofHours(3))).period());
    assertEquals(
        Duration.ofMinutes(1), MetricSpan.of(NOON, NOON.plus(Duration.ofHours(1))).period());
  }

  @Test
  void hasAPeriodForALabThatWasSetUpThisInstant() {
    assertEquals(NOON.plusSeconds(60), MetricSpan.of(NOON, NOON).to());
  }

  @Test
  void seriesKnowWhereValuesAreMissing() {
    MetricSpan span = MetricSpan.of(NOON, NOON.plusSeconds(150));

    MetricSeries series =
        MetricSeries.of(METRIC, span, Map.of(NOON, 5.0, NOON.plusSeconds(60), 2.0));

    assertEquals(Arrays.asList(5.0, 2.0, null), series.values());
    assertEquals(Optional.of(2.0), series.latest());
    assertEquals(Optional.of(5.0), series.greatest());
    assertEquals(7.0, series.total());
  }
}
