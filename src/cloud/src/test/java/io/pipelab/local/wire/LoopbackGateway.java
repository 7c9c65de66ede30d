package io.pipelab.local.wire;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A gateway on an ephemeral port for services under test, and SDK clients that point at it. */
public final class LoopbackGateway implements AutoCloseable {
  /** The keys of {@link #client}: the access key is {@code tester}. */
  public static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret"));

  private final Gateway gateway;

  /** Binds the port: services that put it into their answers can be made before it serves. */
  public LoopbackGateway() {
    this(TestLimits.usual());
  }

  /** Binds the port of a gateway with limits of its own. */
  LoopbackGateway(Limits limits) {
    try {
      gateway = Gateway.bind(0, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cloud behind it: account 000000000000 in us-east-1. */
  public CloudIdentity identity() {
    return new CloudIdentity("000000000000", "us-east-1", endpoint());
  }

  public URI endpoint() {
    return gateway.endpoint();
  }

  /** Serves to anybody: who signs is an operator, who does not is anonymous. */
  public LoopbackGateway serve(CloudClock clock, AwsService... services) {
    return serve(clock, List.of(), call -> {}, services);
  }

  public LoopbackGateway serve(
      CloudClock clock, List<HttpEndpoint> endpoints, CallObserver observer, AwsService... all) {
    gateway.serve(
        "us-east-1",
        List.of(all),
        endpoints,
        key ->
            new AccessKey(new Caller.Operator("arn:aws:iam::000000000000:user/" + key, key), null),
        AccessCheck.NONE,
        clock,
        observer);
    return this;
  }

  /** Points an SDK client here, in the gateway's own region. */
  public <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    return client(builder, Region.US_EAST_1);
  }

  public <C, B extends AwsClientBuilder<B, C>> C client(B builder, Region region) {
    return builder.endpointOverride(endpoint()).region(region).credentialsProvider(KEYS).build();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
