package io.pipelab.verify;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import java.util.List;

/**
 * What cannot be looked at yet, because the phase of the lab that it belongs to does not stand.
 *
 * @param standing the last phase that stands
 * @param next the command that builds one phase more
 */
record NotBuilt(Lab lab, String standing, String next) {
  boolean has(StepSpec step) {
    return !lab.phases().stands(step.phase(), standing);
  }

  boolean has(CheckSpec check) {
    return !lab.phases().stands(check.phase(), standing);
  }

  StepResult result(StepSpec step) {
    List<CheckResult> checks =
        step.checks().stream().map(check -> result(step, check.id(), step.phase())).toList();
    return new StepResult(step.id(), step.title(), step.hop(), CheckStatus.NOT_BUILT, checks);
  }

  CheckResult result(StepSpec step, CheckSpec check) {
    return result(step, check.id(), check.phase());
  }

  private CheckResult result(StepSpec step, String check, String phase) {
    return new CheckResult(
        check,
        CheckStatus.NOT_BUILT,
        step.title(),
        "phase " + lab.phases().place(phase) + " is not built",
        0,
        "Build one phase more, then verify again.",
        next);
  }
}
