package io.pipelab.cli;

import io.pipelab.target.CloudState;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.LocalCloudProcess.StartOptions;
import io.pipelab.workflow.up.StartLocalCloud;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pipelab local reset}. */
@Command(
    name = "reset",
    description = "Stops the embedded cloud and starts an empty one, like the one before.")
final class LocalResetCommand implements PipelabAction {
  @Option(names = "--speed", paramLabel = "N", description = "another speed than before")
  int speed;

  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT;
  }

  @Override
  public ExitCode run(Session session) {
    LocalCloudProcess cloud = session.localCloud();
    CloudState before = cloud.look().running();
    CloudOptions options = new CloudOptions();
    options.speed = speed != 0 ? speed : before == null ? options.speed : before.speed();
    options.noIam = before != null && !before.iam();
    String region = session.localRegion();
    StartOptions start =
        options.startOptions(region == null && before != null ? before.region() : region);
    cloud.stop(session.progress()::note);
    new StartLocalCloud(cloud, start).run(session.progress());
    return LocalStatusCommand.show(session);
  }
}
