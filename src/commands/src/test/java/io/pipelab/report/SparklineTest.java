package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void growsFromZeroToTheGreatest() {
    assertEquals("▁▂▅█", Sparkline.of(List.of(0.0, 10.0, 40.0, 70.0)));
  }

  @Test
  void showsTheSmallestValueAboveZero() {
    assertEquals("▂█▁", Sparkline.of(List.of(1.0, 10_000.0, 0.0)));
  }

  @Test
  void marksPeriodsWithoutValue() {
    assertEquals("·▁·", Sparkline.of(Arrays.asList(null, 0.0, null)));
  }

  @Test
  void isEmptyWithoutPeriods() {
    assertEquals("", Sparkline.of(List.of()));
  }
}
