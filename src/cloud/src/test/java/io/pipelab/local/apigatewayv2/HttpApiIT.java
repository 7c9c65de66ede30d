package io.pipelab.local.apigatewayv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.wire.TestLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

class HttpApiIT {
  private final TestApi cloud = new TestApi();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void event20HasAwsShape() throws Exception {
    String api = cloud.api("2.0", "dev", Map.of(), "ANY /{proxy+}");
    HttpResponse<String> response =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/dev/v1/jobs/a%20b?x=1&x=2&y=%20z"))
                .header("X-One", "1")
                .header("X-One", "2")
                .header("Cookie", "a=1; b=2")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"k\":1}")));

    assertEquals(200, response.statusCode());
    JsonNode event = cloud.event();
    assertEquals("2.0", event.path("version").asText());
    assertEquals("ANY /{proxy+}", event.path("routeKey").asText());
    assertEquals("/dev/v1/jobs/a b", event.path("rawPath").asText());
    assertEquals("x=1&x=2&y=%20z", event.path("rawQueryString").asText());
    assertEquals("1,2", event.path("queryStringParameters").path("x").asText());
    assertEquals("1,2", event.path("headers").path("x-one").asText());
    assertEquals("b=2", event.path("cookies").path(1).asText());
    assertFalse(event.path("headers").has("cookie"));
    assertEquals("v1/jobs/a b", event.path("pathParameters").path("proxy").asText());
    assertEquals("{\"k\":1}", event.path("body").asText());
    assertFalse(event.path("isBase64Encoded").asBoolean());
    JsonNode context = event.path("requestContext");
    assertEquals("POST", context.path("http").path("method").asText());
    assertEquals("/dev/v1/jobs/a b", context.path("http").path("path").asText());
    assertEquals("HTTP/1.1", context.path("http").path("protocol").asText());
    assertEquals("127.0.0.1", context.path("http").path("sourceIp").asText());
    assertEquals("21/Nov/2026:03:00:00 +0000", context.path("time").asText());
    assertEquals(cloud.clock.now().toEpochMilli(), context.path("timeEpoch").asLong());
    assertEquals("dev", context.path("stage").asText());
    assertEquals(api, context.path("apiId").asText());
    assertEquals(
        response.headers().firstValue("apigw-requestid").orElseThrow(),
        context.path("requestId").asText());
    assertEquals(
        new Caller.ServicePrincipal(
            "apigateway.amazonaws.com",
            "arn:aws:execute-api:us-east-1:000000000000:" + api + "/dev/POST/{proxy+}"),
        cloud.callers.get(0));
  }

  @Test
  void callsThatWaitForTheirFunctionLeaveRoomForOthers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(40);
    Set<Thread> before = integrationThreads();
    try (TestApi small = new TestApi(TestLimits.threads(8))) {
      small.handler =
          (event, caller) -> {
            running.countDown();
            await(release);
            return TestApi.json("{\"statusCode\":200,\"body\":\"late\"}");
          };
      String api = small.api("2.0", "dev", Map.of(), "ANY /{proxy+}");
      List<CompletableFuture<HttpResponse<String>>> waiting =
          Stream.generate(() -> small.getLater(api, "/dev/x")).limit(40).toList();
      assertTrue(running.await(60, TimeUnit.SECONDS));
      Set<Thread> more = integrationThreads();
      more.removeAll(before);
      assertTrue(more.size() <= 4, () -> "a wait holds no thread, but there are " + more);
      assertEquals(api, small.client.getApi(get -> get.apiId(api)).apiId());
      release.countDown();
      for (CompletableFuture<HttpResponse<String>> each : waiting) {
        assertEquals("late", each.get().body());
      }
    }
  }

  private static Set<Thread> integrationThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("api-integration"))
        .collect(Collectors.toSet());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void event10HasAwsShapeAndTheOverwrittenPath() throws Exception {
    String api =
        cloud.api("1.0", "dev", Map.of("overwrite:path", "$request.path"), "ANY /{proxy+}");
    assertEquals(200, cloud.get(api, "/dev/v1/jobs?a=1&a=2").statusCode());
    JsonNode event = cloud.event();
    assertEquals("1.0", event.path("version").asText());
    assertEquals("/{proxy+}", event.path("resource").asText());
    assertEquals("/v1/jobs", event.path("path").asText());
    assertEquals("GET", event.path("httpMethod").asText());
    assertEquals("2", event.path("queryStringParameters").path("a").asText());
    assertEquals(2, event.path("multiValueQueryStringParameters").path("a").size());
    assertTrue(event.path("body").isNull());
    assertTrue(event.path("stageVariables").isNull());
    assertEquals("/dev/v1/jobs", event.path("requestContext").path("path").asText());
    assertEquals(
        "127.0.0.1", event.path("requestContext").path("identity").path("sourceIp").asText());
  }

  @Test
  void formsAndBytesComeInBase64() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "POST /form");
    cloud.send(
        HttpRequest.newBuilder(cloud.url(api, "/form"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("a=1")));
    assertTrue(cloud.event().path("isBase64Encoded").asBoolean());
    assertEquals("YT0x", cloud.event().path("body").asText());
    assertEquals("/form", cloud.event().path("rawPath").asText());
  }

  @Test
  void mappingsChangeHeadersAndQuery() throws Exception {
    String api =
        cloud.api(
            "2.0",
            "$default",
            Map.of(
                "append:header.x-add", "${request.header.x-in}-${context.stage}",
                "overwrite:querystring.q", "$request.body.deep.name",
                "remove:querystring.gone", ""),
            "POST /m/{id}");
    cloud.send(
        HttpRequest.newBuilder(cloud.url(api, "/m/7?q=old&gone=1&stays=2"))
            .header("x-in", "in")
            .header("x-add", "first")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"deep\":{\"name\":\"new\"}}")));
    assertEquals("first,in-$default", cloud.event().path("headers").path("x-add").asText());
    assertEquals("q=new&stays=2", cloud.event().path("rawQueryString").asText());
  }

  @Test
  void theMostSpecificRouteIsTaken() throws Exception {
    String api =
        cloud.api(
            "2.0",
            "$default",
            Map.of(),
            "$default",
            "ANY /{proxy+}",
            "GET /pets/{proxy+}",
            "GET /pets/dog/{id}",
            "ANY /pets/dog/1",
            "GET /pets/dog/1");
    assertEquals("GET /pets/dog/1", routeOf(api, "/pets/dog/1"));
    assertEquals("GET /pets/dog/{id}", routeOf(api, "/pets/dog/2"));
    assertEquals("GET /pets/{proxy+}", routeOf(api, "/pets/cat/2/x"));
    assertEquals("ANY /{proxy+}", routeOf(api, "/other"));
    assertEquals("$default", routeOf(api, "/"));
    cloud.send(
        HttpRequest.newBuilder(cloud.url(api, "/pets/dog/1"))
            .POST(HttpRequest.BodyPublishers.noBody()));
    assertEquals("ANY /pets/dog/1", cloud.event().path("routeKey").asText());
  }

  private String routeOf(String api, String path) throws Exception {
    assertEquals(200, cloud.get(api, path).statusCode());
    return cloud.event().path("routeKey").asText();
  }

  @Test
  void whatHasNoRouteOrStageIsNotFound() throws Exception {
    String api = cloud.api("2.0", "dev", Map.of(), "GET /only");
    for (String path : List.of("/", "/only", "/dev", "/dev/", "/dev/other", "/dev/only/")) {
      HttpResponse<String> response = cloud.get(api, path);
      assertEquals(404, response.statusCode(), path);
      assertEquals("{\"message\":\"Not Found\"}", response.body());
    }
    assertEquals(404, cloud.get("unknown123", "/").statusCode());
    assertEquals(0, cloud.events.size());
  }

  @Test
  void responsesOf20MayBePlainJson() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "GET /x");
    cloud.handler = (event, caller) -> TestApi.json("{\"hello\":[1]}");
    HttpResponse<String> inferred = cloud.get(api, "/x");
    assertEquals(200, inferred.statusCode());
    assertEquals("{\"hello\":[1]}", inferred.body());
    assertEquals("application/json", inferred.headers().firstValue("content-type").orElse(""));

    cloud.handler =
        (event, caller) ->
            TestApi.json(
                "{\"statusCode\":\"201\",\"headers\":{\"X-N\":7},\"cookies\":[\"a=1\",\"b=2\"],"
                    + "\"body\":\"aGk=\",\"isBase64Encoded\":true}");
    HttpResponse<String> full = cloud.get(api, "/x");
    assertEquals(201, full.statusCode());
    assertEquals("hi", full.body());
    assertEquals("7", full.headers().firstValue("x-n").orElse(""));
    assertEquals(List.of("a=1", "b=2"), full.headers().allValues("set-cookie"));
  }

  @Test
  void responsesOf10MustHaveTheFormat() throws Exception {
    String api = cloud.api("1.0", "$default", Map.of(), "GET /x");
    cloud.handler =
        (event, caller) ->
            TestApi.json(
                "{\"statusCode\":200,\"headers\":{\"A\":\"1\"},"
                    + "\"multiValueHeaders\":{\"a\":[\"2\",\"3\"]},\"body\":\"t\"}");
    HttpResponse<String> good = cloud.get(api, "/x");
    assertEquals(List.of("2", "3"), good.headers().allValues("a"));
    assertEquals("text/plain; charset=utf-8", good.headers().firstValue("content-type").orElse(""));
    for (String bad :
        List.of(
            "{\"hello\":1}",
            "\"text\"",
            "{\"statusCode\":200,\"body\":{}}",
            "{\"statusCode\":200,\"headers\":[]}",
            "{\"statusCode\":\"x\"}")) {
      cloud.handler = (event, caller) -> TestApi.json(bad);
      HttpResponse<String> response = cloud.get(api, "/x");
      assertEquals(500, response.statusCode(), bad);
      assertEquals("{\"message\":\"Internal Server Error\"}", response.body());
    }
  }

  @Test
  void failuresAreOpaqueToTheClientAndNamedInTheAccessLog() throws Exception {
    String api = cloud.api("2.0", "dev", Map.of(), "GET /x");
    cloud.client.updateStage(
        update ->
            update
                .apiId(api)
                .stageName("dev")
                .accessLogSettings(
                    log ->
                        log.destinationArn(
                                "arn:aws:logs:us-east-1:000000000000:log-group:/api/jobs")
                            .format(
                                "{\"id\":\"$context.requestId\",\"status\":\"$context.status\","
                                    + "\"route\":\"$context.routeKey\","
                                    + "\"path\":\"$context.resourcePath\","
                                    + "\"error\":\"$context.integrationErrorMessage\"}")));
    cloud.handler =
        (event, caller) -> {
          throw AwsError.accessDenied("AccessDeniedException", "no statement");
        };
    HttpResponse<String> denied = cloud.get(api, "/dev/x");
    assertEquals(500, denied.statusCode());
    assertEquals("{\"message\":\"Internal Server Error\"}", denied.body());
    JsonNode line = logged();
    assertEquals("500", line.path("status").asText());
    assertEquals("GET /x", line.path("route").asText());
    assertEquals("-", line.path("path").asText());
    assertEquals(
        denied.headers().firstValue("apigw-requestid").orElseThrow(), line.path("id").asText());
    assertTrue(line.path("error").asText().contains("permissions to call the integration"));

    cloud.handler =
        (event, caller) ->
            new FunctionInvoker.Outcome(
                "{\"errorType\":\"E\",\"errorMessage\":\"a \\\"b\\\"\"}"
                    .getBytes(StandardCharsets.UTF_8),
                "Unhandled");
    assertEquals(500, cloud.get(api, "/dev/x").statusCode());
    assertTrue(logged().path("error").asText().endsWith("E: a \"b\""));
    assertTrue(cloud.metrics.contains("5xx 2"));
    assertTrue(cloud.metrics.contains("IntegrationLatency 1"));
  }

  private JsonNode logged() throws Exception {
    String line = cloud.log.poll(60, TimeUnit.SECONDS);
    assertTrue(line != null && line.startsWith("/api/jobs {"), String.valueOf(line));
    return TestApi.JSON.readTree(line.substring("/api/jobs ".length()));
  }

  @Test
  void aSlowFunctionIsGivenUp() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "GET /x");
    String integration =
        cloud.client.getIntegrations(r -> r.apiId(api)).items().get(0).integrationId();
    cloud.client.updateIntegration(
        update -> update.apiId(api).integrationId(integration).timeoutInMillis(50));
    CountDownLatch over = new CountDownLatch(1);
    cloud.handler =
        (event, caller) -> {
          try {
            assertTrue(over.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return TestApi.json("{}");
        };
    HttpResponse<String> response = cloud.get(api, "/x");
    over.countDown();
    assertEquals(503, response.statusCode());
    assertEquals("{\"message\":\"Service Unavailable\"}", response.body());
  }

  @Test
  void largeBodiesAreRefused() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "POST /x");
    HttpResponse<String> response =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/x"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[(10 << 20) + 1])));
    assertEquals(413, response.statusCode());
    assertEquals(0, cloud.events.size());
  }

  @Test
  void theGatewayAnswersBrowsers() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "GET /x");
    cloud.client.updateApi(
        update ->
            update
                .apiId(api)
                .corsConfiguration(
                    cors ->
                        cors.allowOrigins("https://a.example")
                            .allowMethods("GET", "PUT")
                            .allowHeaders("content-type")
                            .maxAge(300)));
    HttpResponse<String> preflight =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/x"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "PUT"));
    assertEquals(204, preflight.statusCode());
    assertEquals(
        "GET,PUT", preflight.headers().firstValue("access-control-allow-methods").orElse(""));
    assertEquals("300", preflight.headers().firstValue("access-control-max-age").orElse(""));
    assertEquals(0, cloud.events.size());
    HttpResponse<String> stranger =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/x")).header("Origin", "https://b.example"));
    assertEquals(403, stranger.statusCode());
    assertTrue(stranger.headers().firstValue("access-control-allow-origin").isEmpty());
    assertEquals(0, cloud.events.size(), "a page of an origin that CORS does not name");
    HttpResponse<String> known =
        cloud.send(
            HttpRequest.newBuilder(cloud.url(api, "/x")).header("Origin", "https://a.example"));
    assertEquals(
        "https://a.example", known.headers().firstValue("access-control-allow-origin").orElse(""));
  }

  @Test
  void aStageWithoutAutoDeployServesItsDeployment() throws Exception {
    String api = cloud.api("2.0", "$default", Map.of(), "GET /old");
    cloud.client.createStage(create -> create.apiId(api).stageName("fixed"));
    assertEquals(404, cloud.get(api, "/fixed/old").statusCode());
    cloud.client.createDeployment(create -> create.apiId(api).stageName("fixed"));
    String target = cloud.client.getRoutes(r -> r.apiId(api)).items().get(0).target();
    cloud.client.createRoute(create -> create.apiId(api).routeKey("GET /new").target(target));
    assertEquals(200, cloud.get(api, "/new").statusCode());
    assertEquals(200, cloud.get(api, "/fixed/old").statusCode());
    assertEquals(404, cloud.get(api, "/fixed/new").statusCode());
  }

  @Test
  void theControlPlaneRefusesAsAwsDoes() {
    String api = cloud.api("2.0", "dev", Map.of(), "GET /x");
    assertEquals(
        "Route with key GET /x already exists for this API",
        assertThrows(
                ConflictException.class,
                () -> cloud.client.createRoute(create -> create.apiId(api).routeKey("GET /x")))
            .awsErrorDetails()
            .errorMessage());
    assertThrows(NotFoundException.class, () -> cloud.client.getApi(get -> get.apiId("none")));
    String integration =
        cloud.client.getIntegrations(r -> r.apiId(api)).items().get(0).integrationId();
    assertThrows(
        ConflictException.class,
        () -> cloud.client.deleteIntegration(d -> d.apiId(api).integrationId(integration)));
    ApiGatewayV2Exception socket =
        assertThrows(
            ApiGatewayV2Exception.class,
            () ->
                cloud.client.createApi(
                    create -> create.name("w").protocolType(ProtocolType.WEBSOCKET)));
    assertEquals(501, socket.statusCode());
    assertThrows(
        ApiGatewayV2Exception.class,
        () -> cloud.client.createRoute(create -> create.apiId(api).routeKey("FETCH /x")));
  }

  @Test
  void tagsAndDeletion() {
    String api = cloud.api("2.0", "dev", Map.of(), "GET /x");
    String arn = "arn:aws:apigateway:us-east-1::/apis/" + api;
    cloud.client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
    cloud.client.untagResource(tag -> tag.resourceArn(arn).tagKeys("a"));
    assertEquals(Map.of("b", "2"), cloud.client.getTags(get -> get.resourceArn(arn)).tags());
    assertTrue(cloud.client.getApi(get -> get.apiId(api)).apiEndpoint().endsWith("/_api/" + api));
    cloud.client.deleteApi(delete -> delete.apiId(api));
    assertEquals(0, cloud.client.getApis().items().size());
    assertNull(cloud.client.getApis().nextToken());
  }

  @Test
  void throttlingIsKeptAndNotEnforced() throws Exception {
    String api = cloud.api("2.0", "dev", Map.of(), "ANY /{proxy+}");
    cloud.client.updateStage(
        r ->
            r.apiId(api)
                .stageName("dev")
                .defaultRouteSettings(s -> s.throttlingBurstLimit(1).throttlingRateLimit(1.0)));
    assertEquals(
        1,
        cloud
            .client
            .getStage(r -> r.apiId(api).stageName("dev"))
            .defaultRouteSettings()
            .throttlingBurstLimit());
    for (int i = 0; i < 20; i++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(cloud.url(api, "/dev/x")).GET();
      assertEquals(200, cloud.send(request).statusCode());
    }
  }
}
