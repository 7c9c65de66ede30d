package io.pipelab.target;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out how to reach a target at the moment when it is first needed. */
public final class TargetConnection implements Supplier<Connection> {
  private final Target target;
  private final LocalCloudProcess local;
  private final Map<String, String> environment;
  private volatile @Nullable CloudState used;

  public TargetConnection(Target target, LocalCloudProcess local, Map<String, String> environment) {
    this.target = target;
    this.local = local;
    this.environment = environment;
  }

  /**
   * The connection.
   *
   * @throws Failure of kind UNREACHABLE when the target is the embedded cloud and it does not run,
   *     or does not answer
   */
  @Override
  public Connection get() {
    if (target instanceof Target.Aws aws) {
      return new Connection(
          null,
          aws.region(),
          aws.profile(),
          false,
          null,
          !environment.getOrDefault("AWS_ENDPOINT_URL", "").isEmpty());
    }
    if (target instanceof Target.Endpoint endpoint) {
      return new Connection(
          endpoint.uri(), endpoint.region(), endpoint.profile(), false, null, false);
    }
    LocalCloudProcess.Sighting sighting = local.look();
    CloudState running = sighting.running();
    if (running == null) {
      throw notRunning(sighting);
    }
    new CloudPulse(running)
        .trouble()
        .ifPresent(
            trouble -> {
              throw trouble;
            });
    used = running;
    return Connection.embedded(running);
  }

  /** What to say when the embedded cloud that this connects to has ended meanwhile. */
  public Optional<Failure> ended() {
    CloudState cloud = used;
    return cloud == null || local.isRunning(cloud)
        ? Optional.empty()
        : Optional.of(CloudEnd.duringUse(cloud));
  }

  private static Failure notRunning(LocalCloudProcess.Sighting sighting) {
    CloudState gone = sighting.gone();
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud is not running",
        gone == null ? null : CloudEnd.text(gone),
        "'pipelab up' starts it and sets up the lab");
  }
}
