package io.pipelab.workflow.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Steps that do not wait for each other; done when all are done, failed with the first failure. */
public final class Together implements Step {
  private final String title;
  private final List<Step> steps;

  public Together(String title, List<Step> steps) {
    this.title = title;
    this.steps = List.copyOf(steps);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void run(Progress progress) {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (Step step : steps) {
      FutureTask<Boolean> task = new FutureTask<>(() -> Workflow.run(step, progress), Boolean.TRUE);
      tasks.add(task);
      Thread thread = new Thread(task, step.title());
      thread.setDaemon(true);
      thread.start();
    }
    RuntimeException first = null;
    for (FutureTask<Boolean> task : tasks) {
      RuntimeException failure = failureOf(task);
      if (first == null) {
        first = failure;
      } else if (failure != null) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException failureOf(FutureTask<Boolean> task) {
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("interrupted while steps ran", e);
    }
  }
}
