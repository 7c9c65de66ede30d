package io.pipelab.local.s3;

import io.pipelab.local.access.Denials;
import io.pipelab.local.access.Enforcement;
import io.pipelab.local.access.ResourcePolicies;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.policy.PolicySet;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.LoopbackGateway;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** S3 behind a gateway on an ephemeral port, and an SDK client for it. */
final class S3Cloud implements AutoCloseable {
  static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

  private final LoopbackGateway gateway = new LoopbackGateway();
  final CloudIdentity identity;
  final ManualClock clock = new ManualClock(NOW);
  final S3Service service;
  final S3Client client;

  S3Cloud(Path directory) {
    identity = gateway.identity();
    ResourcePolicies policies = new ResourcePolicies();
    AccessControl access =
        new Enforcement(
            identity,
            clock,
            caller -> PolicySet.identity(List.of()),
            policies,
            new Denials(),
            true);
    service = new S3Service(identity, clock, new AccessCheck(access, identity), directory);
    policies.connect(List.of(service));
    gateway.serve(clock, List.of(service.endpoint()), call -> {}, service);
    client = gateway.client(S3Client.builder());
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(gateway.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(LoopbackGateway.KEYS)
        .build();
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    service.close();
  }
}
