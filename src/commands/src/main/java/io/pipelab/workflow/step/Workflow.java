package io.pipelab.workflow.step;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a command does, step by step, and what comes of it.
 *
 * @param name the command's name
 * @param result what came of the steps, asked for when all are done
 * @param demand fails when what came of them is not all that was asked for
 * @param <R> what comes of it
 */
public record Workflow<R>(String name, List<Step> steps, Supplier<R> result, Runnable demand) {
  public static <R> Workflow<R> of(String name, List<Step> steps, Supplier<R> result) {
    return new Workflow<>(name, List.copyOf(steps), result, () -> {});
  }

  /** This, with what must hold once its result was shown. */
  public Workflow<R> demanding(Runnable more) {
    return new Workflow<>(name, steps, result, more);
  }

  /** Runs the steps in their order; the first that fails ends it. */
  public R run(Progress progress) {
    for (Step step : steps) {
      run(step, progress);
    }
    return result.get();
  }

  /**
   * Fails when not all was done; to be asked after {@link #run}, when the user has seen what was.
   *
   * @throws io.pipelab.target.Failure that says what is missing
   */
  public void requireAll() {
    demand.run();
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
