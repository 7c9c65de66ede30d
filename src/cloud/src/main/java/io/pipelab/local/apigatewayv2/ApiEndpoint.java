package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.WebVisit;
import io.pipelab.local.payload.CorsAnswers;
import io.pipelab.local.payload.CorsRules;
import io.pipelab.local.payload.FrontAddress;
import io.pipelab.local.payload.HttpAnswer;
import io.pipelab.local.payload.IncomingRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/** Where the APIs are called: stage, CORS, route, integration, access log, metrics. */
final class ApiEndpoint implements HttpEndpoint {
  static final FrontAddress.Form ADDRESS =
      new FrontAddress.Form("/_api/", Pattern.compile("([a-z0-9]{10})\\.execute-api\\..+"));

  /** HTTP APIs take no more. */
  private static final int MOST_BYTES = 10 << 20;

  /** A stage with the path that is left of a request's. */
  private record Staged(Stage stage, String path) {}

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Apis apis;
  private final FunctionCall functions;
  private final UrlCall urls;
  private final AccessLog log;
  private final ApiMetrics metrics;

  ApiEndpoint(
      CloudIdentity identity,
      CloudClock clock,
      Apis apis,
      FunctionCall functions,
      UrlCall urls,
      AccessLog log,
      ApiMetrics metrics) {
    this.identity = identity;
    this.clock = clock;
    this.apis = apis;
    this.functions = functions;
    this.urls = urls;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public String networkName() {
    return "execute-api";
  }

  @Override
  public boolean accepts(HttpCall call) {
    return ADDRESS.of(call).isPresent();
  }

  @Override
  public boolean admits(HttpCall call, WebVisit visit) {
    return ADDRESS.admits(
        call,
        visit,
        id -> apis.find(id).map(api -> CorsSettings.rules(api.api().corsConfiguration())));
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    begin(call).toCompletableFuture().join();
  }

  @Override
  public CompletionStage<?> begin(HttpCall call) throws IOException {
    FrontAddress address = ADDRESS.of(call).orElseThrow();
    Optional<HttpApi> api =
        apis.find(address.id())
            .filter(each -> !Boolean.TRUE.equals(each.api().disableExecuteApiEndpoint()));
    Optional<Staged> staged = api.flatMap(each -> stage(each, address.path()));
    if (api.isEmpty() || staged.isEmpty()) {
      HttpAnswer.notFound().respondTo(call);
      return CompletableFuture.completedFuture(null);
    }
    long start = System.nanoTime();
    byte[] body = call.body().readNBytes(MOST_BYTES + 1);
    Stage stage = staged.get().stage();
    Instant now = clock.now();
    IncomingRequest request =
        IncomingRequest.of(call, staged.get().path(), RouteKey.decode(address.path()), body, now);
    CallContext context = new CallContext(identity, api.get().id, stage, request, now);
    return answer(api.get(), context)
        .thenAccept(
            answer -> {
              answer.with("apigw-requestid", List.of(context.requestId)).respondTo(call);
              account(context, answer, body.length, (System.nanoTime() - start) / 1e6);
            });
  }

  private void account(CallContext context, HttpAnswer answer, int received, double millis) {
    int processed = received + answer.body().length;
    context.put("status", answer.status());
    context.put("responseLength", answer.body().length);
    context.put("responseLatency", Math.round(millis));
    context.put("dataProcessed", processed);
    log.write(context);
    String stage = context.stage.stageName();
    metrics.called(context.apiId, stage, answer.status(), millis, processed);
  }

  /** A stage is named by the path's first segment; {@code $default} takes what names none. */
  private static Optional<Staged> stage(HttpApi api, String path) {
    int cut = path.indexOf('/', 1);
    String first = RouteKey.decode(cut < 0 ? path.substring(1) : path.substring(1, cut));
    for (Stage stage : api.stages()) {
      if (stage.stageName().equals(first) && !first.equals(RouteKey.DEFAULT)) {
        return Optional.of(new Staged(stage, cut < 0 ? "/" : path.substring(cut)));
      }
    }
    return api.stages().stream()
        .filter(stage -> stage.stageName().equals(RouteKey.DEFAULT))
        .findFirst()
        .map(stage -> new Staged(stage, path));
  }

  private CompletableFuture<HttpAnswer> answer(HttpApi api, CallContext context) {
    IncomingRequest request = context.request;
    if (request.body().length > MOST_BYTES) {
      return CompletableFuture.completedFuture(HttpAnswer.tooLarge());
    }
    CorsRules cors = CorsSettings.rules(api.api().corsConfiguration());
    Optional<HttpAnswer> preflight = CorsAnswers.preflight(cors, request);
    if (preflight.isPresent()) {
      return CompletableFuture.completedFuture(preflight.get());
    }
    Snapshot served = api.served(context.stage);
    Optional<RouteMatch> route = RouteMatch.select(served, request.method(), request.path());
    Optional<Integration> integration = route.flatMap(each -> each.integration(served));
    route.ifPresent(each -> context.put("routeKey", each.key().text()));
    if (route.isEmpty()) {
      return CompletableFuture.completedFuture(HttpAnswer.notFound());
    }
    CompletableFuture<HttpAnswer> answer =
        integration
            .map(
                each ->
                    each.integrationType() == IntegrationType.HTTP_PROXY
                        ? urls.answer(context, route.get(), each)
                        : functions.answer(context, route.get(), each))
            .orElseGet(() -> CompletableFuture.completedFuture(HttpAnswer.internalError()));
    return answer.thenApply(each -> CorsAnswers.decorate(cors, request, each));
  }
}
