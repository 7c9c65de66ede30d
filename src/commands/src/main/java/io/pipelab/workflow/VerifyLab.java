package io.pipelab.workflow;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.target.Failure;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.Verdict;
import io.pipelab.verify.Verification;
import io.pipelab.verify.VerifyListener;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.verify.check.Observation;
import java.util.ArrayList;
import java.util.List;

/** Checks the lab's steps; each check waits until it holds or its time is over. */
public final class VerifyLab implements Step {
  private final LabInstance instance;
  private final VerifyOptions options;
  private final Cloud cloud;
  private final Bindings bindings;
  private final List<StepResult> results = new ArrayList<>();

  VerifyLab(LabInstance instance, VerifyOptions options, Cloud cloud, Bindings bindings) {
    this.instance = instance;
    this.options = options;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Verify lab " + instance.asArguments();
  }

  /** One result a step; to be asked after {@link #run}. */
  List<StepResult> results() {
    return List.copyOf(results);
  }

  /**
   * Says that the command's time was over; to be asked after {@link #run}.
   *
   * @throws Failure of kind TIME_IS_UP when steps were still waited for, and none has failed
   */
  void requireInTime() {
    Verdict verdict = Verdict.of(results);
    if (cloud.deadline().isOver() && verdict.failed() == 0 && verdict.pending() > 0) {
      throw new Failure(
          Failure.Kind.TIME_IS_UP,
          "time is up: %d steps did not hold within %d s"
              .formatted(verdict.pending(), cloud.deadline().allowed().toSeconds()),
          "none has failed: they may still hold",
          "run the same 'pipelab verify' again, or allow more with --timeout");
    }
  }

  @Override
  public void run(Progress progress) {
    progress.underway(
        "verify only looks: the lab stays up as it is",
        "'pipelab verify %1$s' looks again, 'pipelab down %1$s' removes the lab"
            .formatted(instance.asArguments()));
    Verification verification =
        new Verification(
            instance.lab(),
            cloud.clients(),
            bindings.references(),
            LabLoads.of(cloud, bindings).all(),
            LabLoads.sent(cloud, bindings).all(),
            options.until(cloud.deadline().left()),
            new Telling(progress));
    results.addAll(verification.run());
  }

  private record Telling(Progress progress) implements VerifyListener {
    @Override
    public void begins(StepSpec step) {
      progress.on(new Progress.Looking(step.id(), step.title()));
    }

    @Override
    public void saw(StepSpec step, CheckSpec check, Observation seen) {
      progress.on(
          new Progress.Looking(
              step.id(), "expected " + seen.expected() + "; so far " + seen.actual()));
    }

    @Override
    public void ended(StepResult result) {
      progress.on(new Progress.Checked(result));
    }
  }
}
