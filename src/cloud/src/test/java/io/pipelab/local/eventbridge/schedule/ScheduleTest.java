package io.pipelab.local.eventbridge.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the EventBridge User Guide, "Creating a rule that runs on a schedule". */
class ScheduleTest {
  private static final Instant SATURDAY = Instant.parse("2026-11-21T10:00:30Z");

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), 2026-11-21T10:01:30Z",
    "rate(5 minutes), 2026-11-21T10:05:30Z",
    "rate(1 hour), 2026-11-21T11:00:30Z",
    "rate(2 days), 2026-11-23T10:00:30Z",
    "cron(0 10 * * ? *), 2026-11-22T10:00:00Z",
    "cron(15 12 * * ? *), 2026-11-21T12:15:00Z",
    "cron(0 18 ? * MON-FRI *), 2026-11-23T18:00:00Z",
    "cron(0 8 1 * ? *), 2026-12-01T08:00:00Z",
    "cron(0/15 * * * ? *), 2026-11-21T10:15:00Z",
    "cron(0/10 * ? * MON-FRI *), 2026-11-23T00:00:00Z",
    "cron(0/5 8-17 ? * 2-6 *), 2026-11-23T08:00:00Z",
    "cron(0 9 ? * 2#1 *), 2026-12-07T09:00:00Z",
    "cron(0 9 ? * 6L *), 2026-11-27T09:00:00Z",
    "cron(0 9 L * ? *), 2026-11-30T09:00:00Z",
    "cron(0 9 3W 1 ? 2027), 2027-01-04T09:00:00Z",
    "cron(0 9 ? JAN SUN 2027), 2027-01-03T09:00:00Z",
    "cron(* * * * ? *), 2026-11-21T10:01:00Z"
  })
  void itsNextTime(String expression, Instant next) {
    assertEquals(Optional.of(next), Schedule.parse(expression).next(SATURDAY, SATURDAY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(1 minutes)",
        "rate(2 minute)",
        "rate(0 minutes)",
        "rate(30 seconds)",
        "rate(-1 minutes)",
        "rate(1.5 hours)",
        "rate(5 minutes",
        "cron(0 10 * * *)",
        "cron(0 10 * * * *)",
        "cron(0 10 ? * ? *)",
        "cron(60 10 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 10 32 * ? *)",
        "cron(0 10 * 13 ? *)",
        "cron(0 10 ? * 8 *)",
        "cron(0 10 * * ? 1969)",
        "cron()",
        "at(2026-11-21T10:00:00)",
        ""
      })
  void notASchedule(String expression) {
    assertThrows(IllegalArgumentException.class, () -> Schedule.parse(expression));
  }

  @Test
  void aRateGoesOnFromWhereItBegan() {
    Schedule every = Schedule.parse("rate(5 minutes)");
    List<Instant> times = new ArrayList<>();
    Instant at = SATURDAY;
    for (int i = 0; i < 3; i++) {
      at = every.next(at, SATURDAY).orElseThrow();
      times.add(at);
    }
    assertEquals(
        List.of(
            Instant.parse("2026-11-21T10:05:30Z"),
            Instant.parse("2026-11-21T10:10:30Z"),
            Instant.parse("2026-11-21T10:15:30Z")),
        times);
  }

  @Test
  void aYearThatIsOverHasNoNextTime() {
    assertEquals(
        Optional.empty(), Schedule.parse("cron(0 10 * * ? 2025)").next(SATURDAY, SATURDAY));
  }
}
