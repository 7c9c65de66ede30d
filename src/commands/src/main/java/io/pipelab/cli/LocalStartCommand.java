package io.pipelab.cli;

import io.pipelab.target.CloudState;
import io.pipelab.target.Failure;
import io.pipelab.workflow.up.StartLocalCloud;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipelab local start}. */
@Command(
    name = "start",
    description = "Starts the embedded cloud in the background, unless it runs.")
final class LocalStartCommand implements PipelabAction {
  @Mixin private final CloudOptions options = new CloudOptions();

  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT;
  }

  @Override
  public ExitCode run(Session session) {
    CloudState before = session.localCloud().look().running();
    if (before != null
        && before.speed() != options.speed
        && options.speed != CloudOptions.USUAL_SPEED) {
      throw Failure.usage(
          "the embedded cloud runs already, with --speed " + before.speed(),
          "stop it first: 'pipelab local stop' (its labs go with it)");
    }
    if (before != null && options.noIam && before.iam()) {
      throw Failure.usage(
          "the embedded cloud runs already, with IAM",
          "stop it first: 'pipelab local stop' (its labs go with it)");
    }
    Integer port = options.port;
    if (before != null && port != null && port != 0 && port != before.endpoint().getPort()) {
      throw Failure.usage(
          "the embedded cloud runs already, at port " + before.endpoint().getPort(),
          "stop it first: 'pipelab local stop' (its labs go with it)");
    }
    new StartLocalCloud(session.localCloud(), options.startOptions(session.localRegion()))
        .run(session.progress());
    return LocalStatusCommand.show(session);
  }
}
