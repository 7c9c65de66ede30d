package io.pipelab.cli;

import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess.StartOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the embedded cloud is started by hand. */
final class CloudOptions {
  /** A CloudWatch minute takes three seconds. */
  static final int USUAL_SPEED = 20;

  private static final int MOST_SPEED = 600;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "speed-up factor of the cloud's clock: 20 by default, 1 for real time")
  int speed = USUAL_SPEED;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "this port on 127.0.0.1 and no other, 0 for any that is free; default: the port"
              + " of the last start, else 4566")
  @Nullable Integer port;

  @Option(
      names = "--no-iam",
      description = "refuse nobody what his IAM policies do not allow; 'verify' then says so")
  boolean noIam;

  StartOptions startOptions(@Nullable String region) {
    if (speed < 1 || speed > MOST_SPEED) {
      throw Failure.usage(
          "--speed " + speed + " is not between 1 and " + MOST_SPEED,
          "1 is real time, 20 is usual");
    }
    if (port != null && (port < 0 || port > 65_535)) {
      throw Failure.usage("--port " + port + " is not a port", "use 0 to 65535");
    }
    return new StartOptions(port, speed, region == null ? "us-east-1" : region, !noIam);
  }

  /** As {@code up} starts it. */
  static StartOptions usual(@Nullable String region) {
    return new CloudOptions().startOptions(region);
  }
}
