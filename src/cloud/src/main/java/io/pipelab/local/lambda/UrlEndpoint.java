package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.WebVisit;
import io.pipelab.local.lambda.execution.InvocationResult;
import io.pipelab.local.payload.CorsAnswers;
import io.pipelab.local.payload.EventV2;
import io.pipelab.local.payload.FrontAddress;
import io.pipelab.local.payload.FunctionResponse;
import io.pipelab.local.payload.HttpAnswer;
import io.pipelab.local.payload.IncomingRequest;
import io.pipelab.local.payload.QueryString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Where function URLs are called (Lambda Developer Guide, "Invoking Lambda function URLs"). */
final class UrlEndpoint implements HttpEndpoint {
  static final FrontAddress.Form ADDRESS =
      new FrontAddress.Form("/_url/", Pattern.compile("([a-z0-9]{32})\\.lambda-url\\..+"));

  /** Lambda takes no more, as for any synchronous call. */
  private static final int MOST_BYTES = 6_291_456;

  private static final String DEFAULT = "$default";

  private static final String FORBIDDEN =
      "{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, see:"
          + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}";

  /** A URL with what it calls. */
  private record Found(FunctionUrl url, Target target) {}

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Functions functions;
  private final UrlAuthorizer authorizer;
  private final Invocations invocations;
  private final FunctionMetrics metrics;

  UrlEndpoint(
      CloudIdentity identity,
      CloudClock clock,
      Functions functions,
      UrlAuthorizer authorizer,
      Invocations invocations,
      FunctionMetrics metrics) {
    this.identity = identity;
    this.clock = clock;
    this.functions = functions;
    this.authorizer = authorizer;
    this.invocations = invocations;
    this.metrics = metrics;
  }

  @Override
  public boolean accepts(HttpCall call) {
    return ADDRESS.of(call).isPresent();
  }

  @Override
  public boolean admits(HttpCall call, WebVisit visit) {
    return ADDRESS.admits(call, visit, id -> find(id).map(found -> found.url().cors()));
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    begin(call).toCompletableFuture().join();
  }

  @Override
  public CompletionStage<?> begin(HttpCall call) throws IOException {
    FrontAddress address = ADDRESS.of(call).orElseThrow();
    Optional<Found> found = find(address.id());
    if (found.isEmpty()) {
      forbidden().respondTo(call);
      return CompletableFuture.completedFuture(null);
    }
    long start = System.nanoTime();
    Target target = found.get().target();
    return answer(call, address, found.get())
        .thenAccept(
            answer -> {
              answer.respondTo(call);
              Duration took = Duration.ofNanos(System.nanoTime() - start);
              metrics.count(target, "UrlRequestCount", 1);
              metrics.count(target, "Url4xxCount", answer.status() / 100 == 4 ? 1 : 0);
              metrics.count(target, "Url5xxCount", answer.status() / 100 == 5 ? 1 : 0);
              metrics.milliseconds(target, "UrlRequestLatency", took);
            });
  }

  private Optional<Found> find(String id) {
    for (LambdaFunction function : functions.all()) {
      for (FunctionUrl url : function.urls()) {
        if (url.id().equals(id)) {
          FunctionName name = new FunctionName(function.name(), url.qualifier());
          return Optional.of(new Found(url, invocations.target(name)));
        }
      }
    }
    return Optional.empty();
  }

  private CompletableFuture<HttpAnswer> answer(HttpCall call, FrontAddress address, Found found)
      throws IOException {
    byte[] body = call.body().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return CompletableFuture.completedFuture(HttpAnswer.tooLarge());
    }
    String path = address.path();
    IncomingRequest request = IncomingRequest.of(call, path, path, body, clock.now());
    Optional<HttpAnswer> preflight = CorsAnswers.preflight(found.url().cors(), request);
    if (preflight.isPresent()) {
      return CompletableFuture.completedFuture(preflight.get());
    }
    Target target = found.target();
    LambdaFunction.PolicyState policy = target.function().policy(found.url().qualifier());
    String document = policy == null ? null : policy.document();
    Caller caller = authorizer.admitted(call, found.url(), target.arn(), document);
    if (caller == null) {
      return CompletableFuture.completedFuture(forbidden());
    }
    String requestId = Invoker.newRequestId();
    byte[] event = event(found, request, requestId, caller);
    return invocations
        .run(target, requestId, event)
        .handle((result, failure) -> failure == null ? read(result) : refused(failure))
        .thenApply(answer -> CorsAnswers.decorate(found.url().cors(), request, answer))
        .thenApply(answer -> answer.with("x-amzn-RequestId", List.of(requestId)));
  }

  private byte[] event(Found found, IncomingRequest request, String requestId, Caller caller) {
    String id = found.url().id();
    boolean anonymous = caller instanceof Caller.Anonymous;
    EventV2 frame =
        new EventV2(
            anonymous ? "anonymous" : identity.account(),
            id,
            id + ".lambda-url." + identity.region() + ".on.aws",
            requestId,
            DEFAULT,
            DEFAULT,
            clock.now());
    Map<String, List<String>> query = QueryString.parse(request.rawQuery());
    ObjectNode event =
        frame.of(request, request.path(), request.rawQuery(), request.headers(), query);
    if (!anonymous) {
      ((ObjectNode) event.path("requestContext")).set("authorizer", authorizer(caller));
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode authorizer(Caller caller) {
    ObjectNode authorizer = JsonNodeFactory.instance.objectNode();
    authorizer
        .putObject("iam")
        .put("accountId", identity.account())
        .put("userArn", caller.arn())
        .putNull("cognitoIdentity")
        .putNull("principalOrgId");
    return authorizer;
  }

  private static HttpAnswer read(InvocationResult result) {
    if (result.failed()) {
      return badGateway();
    }
    try {
      return FunctionResponse.read(result.payload(), "2.0");
    } catch (FunctionResponse.Malformed e) {
      return badGateway();
    }
  }

  private static HttpAnswer refused(Throwable failure) {
    Throwable cause = AsyncAction.cause(failure);
    if (cause instanceof AwsError error && error.status() == 429) {
      return json(429, "{\"Message\":\"Rate Exceeded.\"}");
    }
    if (cause instanceof AwsError) {
      return badGateway();
    }
    throw new IllegalStateException("the function's invocation failed", cause);
  }

  private static HttpAnswer badGateway() {
    return new HttpAnswer(
        502,
        Map.of("content-type", List.of("text/plain")),
        "Internal Server Error".getBytes(StandardCharsets.UTF_8));
  }

  private static HttpAnswer forbidden() {
    return json(403, FORBIDDEN).with("x-amzn-ErrorType", List.of("AccessDeniedException"));
  }

  private static HttpAnswer json(int status, String body) {
    return new HttpAnswer(
        status,
        Map.of("content-type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
