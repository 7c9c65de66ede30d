package io.pipelab.local.apigatewayv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** HTTP APIs in front of a URL: a server on loopback plays what is behind it. */
final class UrlIntegrationIT {
  private final TestApi cloud = new TestApi();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<HttpExchange> seen = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer behind;
  private String url;

  @BeforeEach
  void start() throws IOException {
    behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    behind.createContext("/", this::answer);
    behind.setExecutor(threads);
    behind.start();
    url = "http://127.0.0.1:" + behind.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    released.countDown();
    behind.stop(0);
    threads.shutdownNow();
    cloud.close();
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      seen.add(call);
      switch (call.getRequestURI().getPath()) {
        case "/moved" -> {
          call.getResponseHeaders().add("Location", url + "/elsewhere");
          call.sendResponseHeaders(302, -1);
        }
        case "/slow" -> {
          released.await();
          call.sendResponseHeaders(200, -1);
        }
        case "/large" -> {
          call.sendResponseHeaders(200, 0);
          byte[] some = new byte[1 << 20];
          for (int i = 0; i < 11; i++) {
            call.getResponseBody().write(some);
          }
        }
        default -> {
          call.getResponseHeaders().add("X-Two", "1");
          call.getResponseHeaders().add("X-Two", "2");
          byte[] body = "made".getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(201, body.length);
          call.getResponseBody().write(body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An API with one route to a URL; returns its id. */
  private String api(String route, String method, String target, int millis) {
    String api =
        cloud.client.createApi(r -> r.name("urls").protocolType(ProtocolType.HTTP)).apiId();
    String integration =
        cloud
            .client
            .createIntegration(
                r ->
                    r.apiId(api)
                        .integrationType("HTTP_PROXY")
                        .integrationMethod(method)
                        .integrationUri(target)
                        .requestParameters(Map.of("append:header.x-stage", "$context.stage"))
                        .timeoutInMillis(millis))
            .integrationId();
    cloud.client.createRoute(
        r -> r.apiId(api).routeKey(route).target("integrations/" + integration));
    cloud.client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));
    return api;
  }

  @Test
  void theRequestAndTheAnswerAreHandedOn() throws Exception {
    String api = api("ANY /shop/{proxy+}", "ANY", url + "/base/{proxy}?fixed=1", 5_000);
    HttpResponse<String> response =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/shop/a%20b/c%3Fd?x=1&x=%26"))
                .header("X-One", "one")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"k\":1}")));

    assertEquals(201, response.statusCode());
    assertEquals("made", response.body());
    assertEquals(List.of("1", "2"), response.headers().allValues("x-two"));
    assertTrue(response.headers().firstValue("apigw-requestid").isPresent());
    HttpExchange call = seen.get(0);
    assertEquals("PUT", call.getRequestMethod());
    assertEquals("/base/a%20b/c%3Fd?fixed=1&x=1&x=%26", call.getRequestURI().toASCIIString());
    assertEquals("{\"k\":1}", bodies.get(0));
    assertEquals("one", call.getRequestHeaders().getFirst("X-One"));
    assertEquals("$default", call.getRequestHeaders().getFirst("X-Stage"));
    assertEquals(url.substring("http://".length()), call.getRequestHeaders().getFirst("Host"));
    assertEquals("HTTP/1.1 AmazonAPIGateway", call.getRequestHeaders().getFirst("Via"));
    assertTrue(call.getRequestHeaders().getFirst("Forwarded").startsWith("for=127.0.0.1;host="));
    assertNull(call.getRequestHeaders().getFirst("X-Forwarded-For"));
    assertTrue(cloud.metrics.contains("IntegrationLatency 2"), cloud.metrics.toString());
  }

  @Test
  void theIntegrationsMethodCounts() throws Exception {
    String api = api("GET /a", "POST", url + "/b", 5_000);
    assertEquals(201, cloud.get(api, "/a").statusCode());
    assertEquals("POST", seen.get(0).getRequestMethod());
  }

  @Test
  void aRedirectIsTheClientsToFollow() throws Exception {
    String api = api("GET /a", "GET", url + "/moved", 5_000);
    HttpResponse<String> response = cloud.get(api, "/a");
    assertEquals(302, response.statusCode());
    assertEquals(url + "/elsewhere", response.headers().firstValue("Location").orElseThrow());
    assertEquals(1, seen.size());
  }

  @ParameterizedTest
  @CsvSource({"/slow, 100", "/large, 20000"})
  void whatDoesNotComeInTimeOrSizeIsUnavailable(String path, int millis) throws Exception {
    String api = api("GET /a", "GET", url + path, millis);
    HttpResponse<String> response = cloud.get(api, "/a");
    assertEquals(503, response.statusCode());
    assertEquals("{\"message\":\"Service Unavailable\"}", response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/, null",
    "http://169.254.169.254/latest/, The integration's address is link-local: 169.254.169.254"
  })
  void whatCannotBeReachedIsUnavailable(String target, String error) throws Exception {
    String api = api("GET /a", "GET", target, 5_000);
    cloud.client.updateStage(
        r ->
            r.apiId(api)
                .stageName("$default")
                .accessLogSettings(
                    log ->
                        log.destinationArn("arn:aws:logs:us-east-1:000000000000:log-group:/api")
                            .format("$context.requestId $context.integrationErrorMessage")));
    assertEquals(503, cloud.get(api, "/a").statusCode());
    String line = cloud.log.poll(10, TimeUnit.SECONDS);
    assertTrue(line != null && line.endsWith(error), line);
  }

  @Test
  void anApiThatLeadsToItselfEnds() throws Exception {
    String api = api("GET /a", "GET", url + "/unused", 20_000);
    String integration =
        cloud.client.getIntegrations(r -> r.apiId(api)).items().get(0).integrationId();
    cloud.client.updateIntegration(
        r ->
            r.apiId(api)
                .integrationId(integration)
                .integrationUri(cloud.url(api, "/a").toString()));
    assertEquals(503, cloud.get(api, "/a").statusCode());
  }

  @Test
  void anApiIsMadeWithAUrl() throws Exception {
    CreateApiResponse made =
        cloud.client.createApi(
            r -> r.name("quick").protocolType(ProtocolType.HTTP).target(url + "/quick"));
    Integration integration =
        cloud.client.getIntegrations(r -> r.apiId(made.apiId())).items().get(0);
    assertEquals("HTTP_PROXY", integration.integrationTypeAsString());
    assertEquals("ANY", integration.integrationMethod());
    assertEquals(201, cloud.get(made.apiId(), "/any").statusCode());
    assertEquals("/quick", seen.get(0).getRequestURI().getPath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ftp://example.com/ ; GET",
        "http:///path ; GET",
        "example.com ; GET",
        "http://user@example.com/ ; GET",
        "http://example.com/a b ; GET",
        "http://example.com/ ; TRACE",
      })
  void whatIsNoUrlOrMethodIsRefused(String target, String method) {
    ApiGatewayV2Exception error =
        assertThrows(ApiGatewayV2Exception.class, () -> api("GET /a", method, target, 5_000));
    assertEquals(400, error.statusCode());
  }
}
