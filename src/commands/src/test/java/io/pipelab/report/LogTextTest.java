package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.workflow.look.LogLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTextTest {
  @Test
  void putsTheSourceBeforeEachLineOfAMessage() {
    assertEquals(
        List.of("12:30:01.250 [worker/c0ffee] one", "12:30:01.250 [worker/c0ffee] \ttwo"),
        LogText.text(event("one\n\ttwo\n"), Style.of(false)));
  }

  @Test
  void showsAnEmptyMessage() {
    assertEquals(
        List.of("12:30:01.250 [worker/c0ffee]"), LogText.text(event("\n"), Style.of(false)));
  }

  private static LogLine event(String text) {
    return new LogLine(
        Instant.parse("2026-01-01T12:30:01.250Z"),
        "/ecs/worker",
        "task/worker/5eedc0ffee",
        "1",
        text);
  }
}
