package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.StepThreads;
import io.pipelab.local.payload.HttpAnswer;
import io.pipelab.local.payload.IncomingRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;

/**
 * Calls the URL behind a route ({@code HTTP_PROXY}) and hands its answer on as it is. Redirects are
 * the client's to follow; addresses that only this machine's network card knows, where clouds keep
 * their metadata, are not called.
 *
 * <p>Source: API Gateway developer guide, "Create HTTP proxy integrations for HTTP APIs".
 */
final class UrlCall {
  /** HTTP APIs hand on no more. */
  private static final int MOST_BYTES = 10 << 20;

  private static final int STEPS_AT_A_TIME = 4;
  private static final String VIA = "HTTP/1.1 AmazonAPIGateway";

  /** An API that leads to itself ends here. */
  private static final int MOST_HOPS = 8;

  /** Those of the connection, and those that are written anew. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-port",
          "x-forwarded-proto");

  private final ApiMetrics metrics;
  private final Executor steps = StepThreads.named("api-url", STEPS_AT_A_TIME);
  private @Nullable HttpClient client;

  UrlCall(ApiMetrics metrics) {
    this.metrics = metrics;
  }

  /** Most APIs have no such integration: the client is made for the first one. */
  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .executor(steps)
              .build();
      client = made;
    }
    return made;
  }

  /** Completes with the answer, in the integration's time; the wait holds no thread. */
  CompletableFuture<HttpAnswer> answer(
      CallContext context, RouteMatch route, Integration integration) {
    List<String> hops = context.request.header("Via");
    if (String.join(",", hops).split("AmazonAPIGateway", -1).length > MOST_HOPS) {
      return CompletableFuture.completedFuture(
          failed(context, new IOException("The integration leads back to this API")));
    }
    HttpRequest request = request(context, route, integration);
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> sent =
        CompletableFuture.runAsync(() -> checkAddress(request.uri()), steps)
            .thenCompose(checked -> send(request));
    return sent.copy()
        .orTimeout(integration.timeoutInMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (response, failure) -> {
              sent.cancel(true); // what did not come in time is not read on
              double millis = (System.nanoTime() - start) / 1e6;
              context.put("integrationLatency", Math.round(millis));
              context.put("integration.latency", Math.round(millis));
              metrics.integrated(context.apiId, context.stage.stageName(), millis);
              return failure == null
                  ? answered(context, response)
                  : failed(context, AsyncAction.cause(failure));
            },
            steps);
  }

  private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
    return client().sendAsync(request, head -> new BoundedBody(MOST_BYTES));
  }

  private HttpRequest request(CallContext context, RouteMatch route, Integration integration) {
    IncomingRequest incoming = context.request;
    ParameterMapping mapped =
        ParameterMapping.apply(integration.requestParameters(), context, route);
    String method = integration.integrationMethod();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(IntegrationUrl.of(integration.integrationUri(), route, mapped))
            .timeout(Duration.ofMillis(integration.timeoutInMillis()))
            .method(
                method.equals(RouteKey.ANY) ? incoming.method() : method,
                incoming.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(incoming.body()));
    mapped
        .headers()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    incoming.header("Via").forEach(value -> request.header("Via", value));
    request.header("Via", VIA);
    request.header(
        "Forwarded",
        "for=" + incoming.sourceIp() + ";host=" + incoming.firstHeader("Host") + ";proto=http");
    return request.build();
  }

  private static void checkAddress(URI url) {
    try {
      for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
        if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
          throw new IOException("The integration's address is link-local: " + url.getHost());
        }
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static HttpAnswer answered(CallContext context, HttpResponse<byte[]> response) {
    context.put("integrationStatus", response.statusCode());
    context.put("integration.integrationStatus", response.statusCode());
    context.put("integration.status", response.statusCode());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.equals("via") || !OWN.contains(lower)) {
                headers.put(name, values);
              }
            });
    return new HttpAnswer(response.statusCode(), headers, response.body());
  }

  private static HttpAnswer failed(CallContext context, Throwable cause) {
    String message =
        cause instanceof TimeoutException
            ? "The integration did not respond within the timeout"
            : String.valueOf(cause.getMessage());
    context.put("integrationErrorMessage", message);
    context.put("integration.error", message);
    return HttpAnswer.unavailable();
  }
}
