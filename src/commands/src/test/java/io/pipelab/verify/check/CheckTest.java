package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.Hint;
import io.pipelab.lab.Settings;
import io.pipelab.verify.FakeAws;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of checks share: a fake target, its time, and a load. */
abstract class CheckTest {
  static final Instant LOAD_BEGAN = Instant.parse("2026-01-02T03:04:30Z");
  static final Instant LOAD_ENDED = LOAD_BEGAN.plusSeconds(30);

  final FakeAws aws = new FakeAws();
  Instant now = LOAD_ENDED.plusSeconds(60);
  List<LoadRecord> loads = List.of(load(500, 0));
  List<Sent> sent = List.of();

  static LoadRecord load(long sent, long poison) {
    return new LoadRecord("r1", "http://q/1/queue", sent, sent, poison, 0, LOAD_BEGAN, LOAD_ENDED);
  }

  void later(Duration time) {
    now = LOAD_ENDED.plus(time);
  }

  Observation look(CheckType type, Map<String, Object> settings) {
    CheckSpec spec = new CheckSpec(type.name(), type.name(), settings, new Hint("", null), 1);
    assertEquals(List.of(), type.mistakesIn(Path.of("lab.yaml"), "step", spec));
    return type.make(Settings.of(Path.of("lab.yaml"), spec, settings))
        .look(new CheckScope(aws, () -> now, loads, sent));
  }

  static void assertSeen(State state, @Nullable String actual, Observation seen) {
    assertEquals(state, seen.state(), seen.toString());
    if (actual != null) {
      assertEquals(actual, seen.actual());
    }
  }
}
