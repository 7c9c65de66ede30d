package io.pipelab.local.wire;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A gateway with toy services on an ephemeral port. */
final class TestGateway implements AutoCloseable {
  static final Instant NOW = Instant.parse("2031-05-06T07:08:09.123Z");

  private final Gateway gateway;
  final List<CallObserver.Call> calls = Collections.synchronizedList(new ArrayList<>());

  TestGateway(List<HttpEndpoint> endpoints, AwsService... services) {
    try {
      gateway = Gateway.bind(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    gateway.serve(
        "us-east-1",
        List.of(services),
        endpoints,
        key ->
            key == null
                ? new Caller.Anonymous()
                : new Caller.Operator("arn:aws:iam::000000000000:user/" + key, key),
        new FixedClock(),
        calls::add);
  }

  static AwsService service(String signingName, Actions actions) {
    return new AwsService() {
      @Override
      public String signingName() {
        return signingName;
      }

      @Override
      public Actions actions() {
        return actions;
      }
    };
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  /** Points an SDK client here, with the access key {@code tester}. */
  <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    return client(builder, Region.US_EAST_1);
  }

  <C, B extends AwsClientBuilder<B, C>> C client(B builder, Region region) {
    return builder
        .endpointOverride(endpoint())
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
        .build();
  }

  /** Posts by hand, signed in name for a service. */
  HttpResponse<String> post(String service, String path, String contentType, String body)
      throws Exception {
    return send(service, path, contentType, body);
  }

  private HttpResponse<String> send(
      String service, String path, String contentType, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint().resolve(path))
            .header("Content-Type", contentType)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=tester/20310506/us-east-1/"
                    + service
                    + "/aws4_request, SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> query(String service, String form) throws Exception {
    return post(service, "/", "application/x-www-form-urlencoded; charset=utf-8", form);
  }

  HttpResponse<String> json(String service, String target, String body) throws Exception {
    return send(service, "/", "application/x-amz-json-1.0", body, "X-Amz-Target", target);
  }

  @Override
  public void close() {
    gateway.close();
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
