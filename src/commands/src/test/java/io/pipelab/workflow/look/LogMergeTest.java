package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogMergeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LogMerge merge = new LogMerge(START, Duration.ofSeconds(30));

  @Test
  void readsFromTheGivenTimeAtFirst() {
    assertEquals(START, merge.readFrom());
  }

  @Test
  void ordersSeveralGroupsByTimeAndKeepsTheOrderOfOneTime() {
    List<LogLine> fresh =
        merge.fresh(List.of(line("a", "1", 5), line("a", "2", 5), line("b", "1", 3)));

    assertEquals(List.of("b1", "a1", "a2"), fresh.stream().map(LogLine::text).toList());
  }

  @Test
  void letsAnEventThroughOnce() {
    merge.fresh(List.of(line("a", "1", 5)));

    assertEquals(List.of(), merge.fresh(List.of(line("a", "1", 5))));
  }

  @Test
  void takesAnEventThatAppearsLate() {
    merge.fresh(List.of(line("a", "2", 100)));

    assertEquals(START.plusSeconds(70), merge.readFrom());
    assertEquals(1, merge.fresh(List.of(line("a", "1", 90), line("a", "2", 100))).size());
  }

  private static LogLine line(String group, String id, int second) {
    return new LogLine(START.plusSeconds(second), group, "stream", id, group + id);
  }
}
