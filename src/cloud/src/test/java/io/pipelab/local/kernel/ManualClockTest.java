package io.pipelab.local.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
  private final Instant start = Instant.parse("2026-11-21T03:00:30Z");
  private final ManualClock clock = new ManualClock(start);
  private final List<String> log = new ArrayList<>();

  @Test
  void runsDueTasksInTheOrderOfTheirTimes() {
    clock.every(Duration.ofMinutes(1), () -> note("tick"));
    clock.after(Duration.ofSeconds(40), () -> note("after"));
    clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of("tick 03:01:00", "after 03:01:10", "tick 03:02:00"), log);
    assertEquals(start.plus(Duration.ofMinutes(2)), clock.now());
  }

  @Test
  void runsWhatATaskAdds() {
    clock.after(
        Duration.ofSeconds(1), () -> clock.after(Duration.ofSeconds(1), () -> note("second")));
    clock.advance(Duration.ofSeconds(2));
    assertEquals(List.of("second 03:00:32"), log);
    assertEquals(0, clock.pending());
  }

  @Test
  void forgetsCancelledTasks() {
    ScheduledFuture<?> ticks = clock.every(Duration.ofMinutes(1), () -> note("tick"));
    ticks.cancel(false);
    clock.advance(Duration.ofMinutes(5));
    assertEquals(List.of(), log);
  }

  private void note(String what) {
    log.add(what + " " + clock.now().toString().substring(11, 19));
  }
}
