package io.pipelab.workflow;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.Verdict;
import io.pipelab.verify.Verification;
import io.pipelab.verify.VerifyListener;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.queue.UncertainLoads;
import io.pipelab.workflow.drive.LabLoads;
import io.pipelab.workflow.look.MissingPermissions;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.MadeByHand;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Checks the lab's steps; each check waits until it holds or its time is over. */
public final class VerifyLab implements Step {
  /** A shorter wait is over before its line is read. */
  private static final Duration WORTH_A_LINE = Duration.ofSeconds(10);

  private final LabInstance instance;
  private final VerifyOptions options;
  private final Cloud cloud;
  private final Bindings bindings;
  private final MissingPermissions permissions;
  private final List<StepResult> results = new ArrayList<>();

  VerifyLab(LabInstance instance, VerifyOptions options, Cloud cloud, Bindings bindings) {
    this.instance = instance;
    this.options = options;
    this.cloud = cloud;
    this.bindings = bindings;
    this.permissions = new MissingPermissions(instance.copy(), cloud);
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
    if (cloud.deadline().isOver() && verdict.failed() == 0 && verdict.late() > 0) {
      throw new Failure(
          Failure.Kind.TIME_IS_UP,
          "timed out: %d steps did not hold within %d s"
              .formatted(verdict.late(), cloud.deadline().allowed().toSeconds()),
          "none has failed: they may still hold",
          "run the same 'pipelab verify' again, or allow more with --timeout");
    }
  }

  @Override
  public void run(Progress progress) {
    progress.underway(
        "verify only looks: the lab stays up as it is",
        "'pipelab verify %s' looks again, %s"
            .formatted(instance.asArguments(), instance.removal()));
    Verification verification =
        new Verification(
            instance.lab(),
            cloud.clients(),
            bindings.references(),
            UncertainLoads.settled(
                new CheckScope(
                    cloud.clients(),
                    new TargetTime(cloud.clients())::now,
                    records(() -> LabLoads.all(cloud, bindings), progress))),
            records(() -> LabLoads.allSent(cloud, bindings), progress),
            byHand(options.until(cloud.deadline().left())),
            new Telling(progress, permissions, options.details(), new HashSet<>()));
    verification.run().forEach(result -> results.add(permissions.explained(result)));
  }

  private VerifyOptions byHand(VerifyOptions said) {
    return bindings.madeByHand().map(MadeByHand::lab).map(said::of).orElse(said);
  }

  /** A target whose storage cannot be used can be checked for how the lab was built. */
  private static <T> List<T> records(Supplier<List<T>> read, Progress progress) {
    try {
      return read.get();
    } catch (SdkException e) {
      if (!ServiceFailures.isAbsurd(e) && !ServiceFailures.isUnsupported(e)) {
        throw e;
      }
      progress.note("what was sent into the lab cannot be read there: " + e.getMessage());
      return List.of();
    }
  }

  private record Telling(
      Progress progress, MissingPermissions permissions, boolean details, Set<String> waited)
      implements VerifyListener {
    @Override
    public void begins(StepSpec step) {
      progress.on(new Progress.Looking(step.id(), step.title()));
    }

    @Override
    public void saw(StepSpec step, CheckSpec check, Observation seen, Duration atMost) {
      String text =
          "waits for %s, %d s at most; so far %s"
              .formatted(seen.expected(), atMost.toSeconds(), seen.actual());
      progress.on(new Progress.Looking(step.id(), text));
      boolean comes = seen.state() == State.NOT_YET || seen.state() == State.LACKS;
      if (comes && atMost.compareTo(WORTH_A_LINE) >= 0 && waited.add(step.id())) {
        progress.on(new Progress.Waiting(step.id(), text));
      }
    }

    @Override
    public void ended(StepResult result) {
      progress.on(new Progress.Checked(permissions.explained(result), details));
    }
  }
}
