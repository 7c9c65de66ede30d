package io.pipelab.local;

import io.pipelab.local.ec2.Ec2;
import io.pipelab.local.iam.Iam;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.SpeedClock;
import io.pipelab.local.sts.Sessions;
import io.pipelab.local.sts.Sts;
import io.pipelab.local.wire.Gateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The embedded cloud: the one visible list of its services; start, stop. */
public final class LocalCloud implements AutoCloseable {
  /** As the other local clouds have it, so that tools written for them see familiar ARNs. */
  private static final String ACCOUNT = "000000000000";

  private final Gateway gateway;
  private final List<AutoCloseable> parts;

  private LocalCloud(Gateway gateway, List<AutoCloseable> parts) {
    this.gateway = gateway;
    this.parts = parts;
  }

  /**
   * Starts a cloud.
   *
   * @param data an empty folder for blobs and code
   * @throws java.net.BindException when the port is taken
   */
  static LocalCloud start(Settings settings, Path data) throws IOException {
    Gateway gateway = Gateway.bind(settings.port());
    CloudIdentity identity = new CloudIdentity(ACCOUNT, settings.region(), gateway.endpoint());
    SpeedClock clock = new SpeedClock(settings.speed());
    Iam iam = new Iam(identity, clock);
    Sessions sessions = new Sessions(identity, iam.roleDirectory(), Clock.systemUTC());
    Sts sts = new Sts(identity, sessions);
    Ec2 ec2 = new Ec2(identity);
    List<AwsService> services = List.of(iam, sts, ec2);
    List<HttpEndpoint> endpoints = List.of();
    gateway.serve(settings.region(), services, endpoints, sessions, clock, call -> {});
    return new LocalCloud(gateway, List.of(iam, sts, ec2, clock));
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  /** Ends the cloud and everything that it started. */
  @Override
  public void close() {
    gateway.close();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) { // AutoCloseable declares no less
        System.getLogger(LocalCloud.class.getName())
            .log(System.Logger.Level.WARNING, part + " did not stop cleanly", e);
      }
    }
  }
}
