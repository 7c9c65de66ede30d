package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {
  private static final Instant START = Instant.parse("2026-11-21T10:59:59Z");

  /** GetMetricStatistics, StartTime: how it is rounded down depends on how long ago it is. */
  @ParameterizedTest(name = "{0} days ago: {1}")
  @CsvSource({"0, 10:59", "14, 10:59", "15, 10:55", "62, 10:55", "63, 10:00"})
  void theStartIsRoundedTheMoreTheOlderItIs(int days, String rounded) {
    Instant now = START.plus(Duration.ofDays(days));
    assertEquals(
        Instant.parse("2026-11-21T" + rounded + ":00Z"), TimeRange.of(START, now, 60, now).start());
  }

  @ParameterizedTest(name = "{0} ms: {1} periods of a minute")
  @CsvSource({"-1000, 0", "0, 0", "1, 1", "60000, 1", "60001, 2", "61000, 2", "120000, 2"})
  void aPeriodThatStartsBeforeTheEndBelongsToIt(long millis, long periods) {
    assertEquals(periods, new TimeRange(START, START.plusMillis(millis), 60).count());
  }

  @Test
  void periodsBeforeAMomentAreLeftOut() {
    TimeRange range = new TimeRange(START, START.plusSeconds(240), 60);
    assertEquals(4, range.starts(START).size());
    assertEquals(
        List.of(START.plusSeconds(120), START.plusSeconds(180)),
        range.starts(START.plusSeconds(120)));
  }
}
