package io.pipelab.verify.check.task;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a run switched the mapping off, a task that was added waited as {@code Pending}, its message
 * in the queue; switched on again, it was worked off, and the mapping is on now.
 */
public record MappingWasOff(String queue, String mapping) implements Check {
  private static final Map<String, String> EXPECTED =
      Map.of(
          "off", "Disabled",
          "waiting", "1",
          "while off", "Pending",
          "on", "Enabled",
          "afterwards", "Completed");

  public static final CheckType TYPE =
      CheckType.named("mapping-was-off")
          .needs("queue", "mapping")
          .madeBy(settings -> new MappingWasOff(settings.text("queue"), settings.text("mapping")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect("off: 1 message waits, the task Pending; on: the task Completed");
    Optional<Sent.Drill> drill = scope.drill("mapping-off", queue);
    if (drill.isEmpty()) {
      return claim.toDo("nobody has switched it off in a run");
    }
    List<String> wrong = new ArrayList<>();
    Map<String, String> seen = drill.get().seen();
    EXPECTED.forEach(
        (what, value) -> {
          if (!value.equals(seen.get(what))) {
            wrong.add(what + ": " + seen.get(what) + ", not " + value);
          }
        });
    String state = scope.clients().lambda().getEventSourceMapping(get -> get.uuid(mapping)).state();
    if (!"Enabled".equals(state)) {
      wrong.add("it is " + state + " now");
    }
    return claim.unless(wrong, "seen on task " + seen.get("task"));
  }
}
