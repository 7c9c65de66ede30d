package io.pipelab.local.wire;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A gateway with toy services on an ephemeral port. */
final class TestGateway implements AutoCloseable {
  static final Instant NOW = Instant.parse("2031-05-06T07:08:09.123Z");

  private final LoopbackGateway gateway = new LoopbackGateway();
  private final BlockingQueue<CallObserver.Call> calls = new LinkedBlockingQueue<>();

  TestGateway(List<HttpEndpoint> endpoints, AwsService... services) {
    gateway.serve(new ManualClock(NOW), endpoints, calls::add, services);
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

  /** The next call that was observed: calls are told after they are answered. */
  CallObserver.Call nextCall() throws InterruptedException {
    return Objects.requireNonNull(calls.poll(60, TimeUnit.SECONDS), "no call was observed");
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  /** Points an SDK client here, with the access key {@code tester}. */
  <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    return client(builder, Region.US_EAST_1);
  }

  <C, B extends AwsClientBuilder<B, C>> C client(B builder, Region region) {
    return gateway.client(builder, region);
  }

  /** Posts by hand, signed in name for a service. */
  HttpResponse<String> post(String service, String path, String contentType, String body)
      throws Exception {
    return send("POST", service, path, contentType, body);
  }

  HttpResponse<String> put(String service, String path, String body) throws Exception {
    return send("PUT", service, path, "application/json", body);
  }

  private HttpResponse<String> send(
      String method,
      String service,
      String path,
      String contentType,
      String body,
      String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint().resolve(path))
            .header("Content-Type", contentType)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=tester/20310506/us-east-1/"
                    + service
                    + "/aws4_request, SignedHeaders=host, Signature=0")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> query(String service, String form) throws Exception {
    return post(service, "/", "application/x-www-form-urlencoded; charset=utf-8", form);
  }

  HttpResponse<String> json(String service, String target, String body) throws Exception {
    return send("POST", service, "/", "application/x-amz-json-1.0", body, "X-Amz-Target", target);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
