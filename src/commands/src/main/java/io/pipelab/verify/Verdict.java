package io.pipelab.verify;

import java.util.List;
import java.util.Optional;

/**
 * What a verification came to, in steps.
 *
 * @param firstBroken the first step of the pipeline that failed or did not come in time
 */
public record Verdict(
    int passed,
    int failed,
    int late,
    int skipped,
    int unsupported,
    Optional<StepResult> firstBroken) {

  public static Verdict of(List<StepResult> steps) {
    return new Verdict(
        count(steps, CheckStatus.PASSED),
        count(steps, CheckStatus.FAILED),
        count(steps, CheckStatus.LATE),
        count(steps, CheckStatus.SKIPPED),
        count(steps, CheckStatus.UNSUPPORTED),
        firstBroken(steps));
  }

  /** Whether nothing failed and nothing is late. */
  public boolean isGood() {
    return failed == 0 && late == 0;
  }

  private static int count(List<StepResult> steps, CheckStatus status) {
    return (int) steps.stream().filter(step -> step.status() == status).count();
  }

  private static Optional<StepResult> firstBroken(List<StepResult> steps) {
    return steps.stream().filter(step -> step.status().isBroken()).findFirst();
  }
}
