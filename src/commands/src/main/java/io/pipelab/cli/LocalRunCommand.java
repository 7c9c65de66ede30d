package io.pipelab.cli;

import io.pipelab.target.CloudState;
import io.pipelab.target.Failure;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipelab local run}. */
@Command(
    name = "run",
    description = "Runs the embedded cloud in the foreground, until it is interrupted.")
final class LocalRunCommand implements PipelabAction {
  @Mixin private final CloudOptions options = new CloudOptions();

  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT;
  }

  @Override
  public ExitCode run(Session session) {
    CloudState running = session.localCloud().look().running();
    if (running != null) {
      throw Failure.usage(
          "the embedded cloud runs already at " + running.endpoint(),
          "'pipelab local stop' ends it");
    }
    int code =
        session
            .localCloud()
            .runInForeground(options.startOptions(session.localRegion()), session.progress()::note);
    if (code == 0) {
      return ExitCode.OK;
    }
    throw new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud ended with exit code " + code,
        null,
        "'pipelab doctor' looks for common causes");
  }
}
