package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.Gateway;
import io.pipelab.local.wire.Limits;
import io.pipelab.local.wire.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** API Gateway on an ephemeral port, in front of one function that a test plays. */
final class TestApi implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:api";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What a test's function does with an event. */
  interface Handler {
    FunctionInvoker.Outcome handle(byte[] event, Caller caller);
  }

  final ManualClock clock = new ManualClock();
  final List<JsonNode> events = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new CopyOnWriteArrayList<>();
  final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  final List<String> metrics = new CopyOnWriteArrayList<>();
  volatile Handler handler = (event, caller) -> json("{\"statusCode\":200,\"body\":\"ok\"}");
  final ApiGateway service;
  final ApiGatewayV2Client client;
  private final Gateway gateway;
  private final ExecutorService functions = Executors.newCachedThreadPool();

  TestApi() {
    this(TestLimits.usual());
  }

  TestApi(Limits limits) {
    try {
      gateway = Gateway.bind(0, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CloudIdentity identity = new CloudIdentity("000000000000", "us-east-1", gateway.endpoint());
    service =
        new ApiGateway(
            identity,
            clock,
            new Played(),
            new Lines(),
            (namespace, metric, dimensions, value, unit) ->
                metrics.add(metric + " " + dimensions.keySet().size()));
    gateway.serve(
        "us-east-1",
        List.of(service),
        List.of(service.endpoint()),
        key ->
            new AccessKey(new Caller.Operator("arn:aws:iam::000000000000:user/" + key, key), null),
        AccessCheck.NONE,
        clock,
        call -> {});
    // The JDK's URL connection, which the commands use, knows no PATCH.
    client =
        ApiGatewayV2Client.builder()
            .endpointOverride(gateway.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(ApacheHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
            .build();
  }

  static FunctionInvoker.Outcome json(String text) {
    return new FunctionInvoker.Outcome(text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** An API with one integration of the format, these routes, and a stage; returns its id. */
  String api(String format, String stage, Map<String, String> parameters, String... routeKeys) {
    String api =
        client.createApi(create -> create.name("jobs").protocolType(ProtocolType.HTTP)).apiId();
    String integration =
        client
            .createIntegration(
                create ->
                    create
                        .apiId(api)
                        .integrationType("AWS_PROXY")
                        .integrationUri(FUNCTION)
                        .requestParameters(parameters)
                        .payloadFormatVersion(format))
            .integrationId();
    for (String each : routeKeys) {
      client.createRoute(
          create -> create.apiId(api).routeKey(each).target("integrations/" + integration));
    }
    client.createStage(create -> create.apiId(api).stageName(stage).autoDeploy(true));
    return api;
  }

  URI url(String api, String path) {
    return URI.create(gateway.endpoint() + "/_api/" + api + path);
  }

  HttpResponse<String> get(String api, String path) throws Exception {
    return send(HttpRequest.newBuilder(url(api, path)));
  }

  CompletableFuture<HttpResponse<String>> getLater(String api, String path) {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(url(api, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode event() {
    return events.get(events.size() - 1);
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    service.close();
    functions.shutdownNow();
  }

  private final class Played implements FunctionInvoker {
    @Override
    public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
      try {
        events.add(JSON.readTree(payload));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      callers.add(caller);
      Handler played = handler;
      return CompletableFuture.supplyAsync(() -> played.handle(payload, caller), functions);
    }

    @Override
    public void check(String functionArn, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Lines implements LogSink {
    @Override
    public void ensureGroup(String group) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void append(String group, String stream, List<String> lines) {
      lines.forEach(line -> log.add(group + " " + line));
    }
  }
}
