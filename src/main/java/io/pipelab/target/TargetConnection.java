package io.pipelab.target;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Finds out how to reach a target at the moment when it is first needed. */
public final class TargetConnection implements Supplier<Connection> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Target target;
  private final LocalCloudProcess local;
  private final Map<String, String> environment;

  public TargetConnection(Target target, LocalCloudProcess local, Map<String, String> environment) {
    this.target = target;
    this.local = local;
    this.environment = environment;
  }

  /**
   * The connection.
   *
   * @throws Failure of kind UNREACHABLE when the target is the embedded cloud and it does not run
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
    return Connection.embedded(running);
  }

  private static Failure notRunning(LocalCloudProcess.Sighting sighting) {
    CloudState gone = sighting.gone();
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud does not run",
        gone == null ? null : goneText(gone),
        "'pipelab up' starts it and sets up the lab");
  }

  /** Why a command cannot go on whose cloud ended while it worked. */
  static Failure ended(CloudState cloud) {
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud (process " + cloud.pid() + ") has ended while this command used it",
        "it was stopped or killed, or it crashed; its labs are gone with it",
        "'pipelab up' starts a new one and sets up the lab");
  }

  /** What to say of a cloud that was killed. */
  public static String goneText(CloudState gone) {
    return "the embedded cloud that ran since "
        + TIME.format(
            gone.startedAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()))
        + " is gone without having been stopped; its labs are gone with it";
  }
}
