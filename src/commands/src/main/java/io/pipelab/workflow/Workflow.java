package io.pipelab.workflow;

import java.util.List;

/**
 * What a command does, step by step.
 *
 * @param name the command's name
 */
public record Workflow(String name, List<Step> steps) {
  static Workflow of(String name, Step... steps) {
    return new Workflow(name, List.of(steps));
  }

  /** Runs the steps in their order; the first that fails ends it. */
  public void run(Progress progress) {
    for (Step step : steps) {
      run(step, progress);
    }
  }

  static void run(Step step, Progress progress) {
    long start = System.nanoTime();
    progress.on(new Progress.StepStarted(step.title()));
    boolean done = false;
    try {
      step.run(progress);
      done = true;
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.on(
          done
              ? new Progress.StepDone(step.title(), seconds)
              : new Progress.StepFailed(step.title(), seconds));
    }
  }
}
