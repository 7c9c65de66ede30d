package io.pipelab.verify;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs the checks of a step side by side. */
record StepRun(
    CheckRunner runner, NotBuilt notBuilt, VerifyListener listener, ExecutorService threads) {
  /** A step whose checks are running. */
  record Started(StepSpec step, List<Future<CheckResult>> checks) {
    /** Waits for the checks. */
    StepResult join() {
      List<CheckResult> results = new ArrayList<>();
      for (Future<CheckResult> check : checks) {
        results.add(result(check));
      }
      return new StepResult(step.id(), step.title(), step.hop(), worst(results), results);
    }
  }

  /**
   * Starts a step's checks.
   *
   * @param broken an earlier step that is broken and without which this one cannot hold
   */
  Started start(StepSpec step, Optional<StepResult> broken) {
    listener.begins(step);
    List<Future<CheckResult>> checks = new ArrayList<>();
    for (CheckSpec check : step.checks()) {
      checks.add(
          notBuilt.has(check)
              ? CompletableFuture.completedFuture(notBuilt.result(step, check))
              : threads.submit(() -> runner.run(step, check, broken)));
    }
    return new Started(step, checks);
  }

  private static CheckResult result(Future<CheckResult> check) {
    try {
      return check.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a check ended unexpectedly", e.getCause());
    }
  }

  /** A step passed only when each of its checks did that can be looked at yet. */
  private static CheckStatus worst(List<CheckResult> results) {
    for (CheckStatus status :
        List.of(
            CheckStatus.FAILED,
            CheckStatus.LATE,
            CheckStatus.PENDING,
            CheckStatus.UNSUPPORTED,
            CheckStatus.TO_DO,
            CheckStatus.ADVICE,
            CheckStatus.SKIPPED)) {
      if (results.stream().anyMatch(result -> result.status() == status)) {
        return status;
      }
    }
    boolean none = results.stream().allMatch(result -> result.status() == CheckStatus.NOT_BUILT);
    return none ? CheckStatus.NOT_BUILT : CheckStatus.PASSED;
  }
}
