package io.pipelab.cli;

import io.pipelab.target.Failure;
import io.pipelab.verify.CheckResult;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.step.LabInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** Runs what the hints of a broken step say, as the user would who pastes it into his shell. */
final class StepFix {
  private final Session session;
  private final LabInstance instance;

  StepFix(Session session, LabInstance instance) {
    this.session = session;
    this.instance = instance;
  }

  /** Whether there is anything that could be run for the step. */
  static boolean canFix(StepResult step) {
    return !commands(step).isEmpty();
  }

  /**
   * Shows the commands, asks, and runs them.
   *
   * @throws Failure of kind USAGE when the user does not agree
   * @throws Failure of kind REFUSED when a command fails
   */
  void run(StepResult step) {
    List<String> commands = commands(step);
    session.workflows().askToFix(step.id(), instance, commands).run(session.progress());
    commands.forEach(this::run);
  }

  private void run(String command) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(session.invocation().environment());
    int exit;
    try {
      exit = builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the shell cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (exit != 0) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "the command ended with exit code " + exit + ", and nothing after it was run",
          command,
          "run it by hand to see more");
    }
  }

  private static List<String> commands(StepResult step) {
    return step.checks().stream()
        .filter(check -> check.status().isBroken())
        .map(CheckResult::command)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
