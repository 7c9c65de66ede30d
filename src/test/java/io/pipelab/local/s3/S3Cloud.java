package io.pipelab.local.s3;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.wire.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** S3 behind a gateway on an ephemeral port, and an SDK client for it. */
final class S3Cloud implements AutoCloseable {
  static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret"));

  private final Gateway gateway;
  final CloudIdentity identity;
  final CloudClock clock = new FixedClock();
  final S3Service service;
  final S3Client client;

  S3Cloud(Path directory) {
    try {
      gateway = Gateway.bind(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    identity = new CloudIdentity("000000000000", "us-east-1", gateway.endpoint());
    service = new S3Service(identity, clock, directory);
    gateway.serve(
        "us-east-1",
        List.of(service),
        List.of(service.endpoint()),
        key ->
            key == null
                ? new Caller.Anonymous()
                : new Caller.Operator("arn:aws:iam::000000000000:root", key),
        clock,
        call -> {});
    client =
        S3Client.builder()
            .endpointOverride(gateway.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(KEYS)
            .build();
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(gateway.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    service.close();
  }

  private record FixedClock() implements CloudClock {
    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public int speed() {
      return 1;
    }

    @Override
    public ScheduledFuture<?> after(Duration cloudTime, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> every(Duration cloudTime, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }
}
