package io.pipelab.workflow.up;

import io.pipelab.target.CloudEnd;
import io.pipelab.target.CloudState;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.Locale;

/** Starts the embedded cloud, unless it runs. */
public final class StartLocalCloud implements Step {
  private final LocalCloudProcess process;
  private final LocalCloudProcess.StartOptions options;

  public StartLocalCloud(LocalCloudProcess process, LocalCloudProcess.StartOptions options) {
    this.process = process;
    this.options = options;
  }

  @Override
  public String title() {
    return "Start the embedded cloud";
  }

  @Override
  public void run(Progress progress) {
    LocalCloudProcess.Sighting sighting = process.look();
    CloudState running = sighting.running();
    if (running != null) {
      progress.note("the embedded cloud runs at " + running.endpoint() + speed(running));
      sayIfOpen(running, progress);
      if (process.isOutdated()) {
        progress.note(
            "it is of an earlier build of pipelab: 'pipelab local reset' starts one of this build,"
                + " and its labs go with it");
      }
      return;
    }
    CloudState gone = sighting.gone();
    if (gone != null) {
      progress.note(CloudEnd.text(gone));
    }
    progress.underway(
        "the embedded cloud may be starting, and runs on without pipelab",
        "'pipelab local status' says whether it runs, 'pipelab local stop' ends it");
    CloudState started = process.start(options, progress::note);
    progress.note("the embedded cloud runs at " + started.endpoint() + speed(started));
    sayIfOpen(started, progress);
  }

  /** What a cloud without IAM shows of permissions is worth nothing: nobody shall overlook it. */
  private static void sayIfOpen(CloudState state, Progress progress) {
    if (!state.iam()) {
      progress.note(state.iamLine());
    }
  }

  /** A clock that is fast must be known to whoever looks at times. */
  private static String speed(CloudState state) {
    return state.speed() == 1
        ? ", in real time"
        : "; its clock is fast: a CloudWatch minute takes %s s (--speed %d)"
            .formatted(shortNumber(60.0 / state.speed()), state.speed());
  }

  private static String shortNumber(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
