package io.pipelab.verify.kept;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each step of a lab.
 *
 * @param steps by the step's id
 * @param times the last {@code run}: its parts and their seconds; empty when there was none
 */
public record LastRun(Map<String, SeenStep> steps, Map<String, Double> times) {
  /** Of a lab that was never verified. */
  public static final LastRun NONE = new LastRun(Map.of(), Map.of());

  private static final Set<CheckStatus> LOOKED_AT =
      EnumSet.of(CheckStatus.PASSED, CheckStatus.FAILED, CheckStatus.LATE);

  /**
   * One step.
   *
   * @param at when, by this machine's clock
   * @param target where
   * @param checks what each check saw, by its id
   */
  public record SeenStep(Instant at, String target, CheckStatus status, Map<String, Seen> checks) {}

  /** What a check saw. */
  public record Seen(CheckStatus status, String actual) {}

  /** This, and what was seen now. What was not looked at now stays as it was seen before. */
  LastRun and(List<StepResult> results, Instant at, String target) {
    Map<String, SeenStep> all = new LinkedHashMap<>(steps);
    for (StepResult result : results) {
      if (LOOKED_AT.contains(result.status())) {
        all.put(result.id(), new SeenStep(at, target, result.status(), checks(result)));
      }
    }
    return new LastRun(all, times);
  }

  /** This, with the times of a run. */
  LastRun taking(Map<String, Double> seconds) {
    return new LastRun(steps, seconds);
  }

  private static Map<String, Seen> checks(StepResult result) {
    return result.checks().stream()
        .collect(
            Collectors.toMap(
                CheckResult::id,
                check -> new Seen(check.status(), check.actual()),
                (first, second) -> second,
                LinkedHashMap::new));
  }

  /**
   * A figure for a text: what a check saw that passed.
   *
   * @param name {@code step.check}
   */
  public Optional<String> figure(String name) {
    int dot = name.indexOf('.');
    @Nullable SeenStep step = dot < 0 ? null : steps.get(name.substring(0, dot));
    return Optional.ofNullable(step)
        .map(seen -> seen.checks().get(name.substring(dot + 1)))
        .filter(seen -> seen.status() == CheckStatus.PASSED)
        .map(Seen::actual);
  }
}
