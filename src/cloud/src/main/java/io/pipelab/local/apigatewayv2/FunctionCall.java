package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.StepThreads;
import io.pipelab.local.payload.FunctionResponse;
import io.pipelab.local.payload.HttpAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.Integration;

/** Calls the function behind a route and makes an answer of what comes back. */
final class FunctionCall {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS_AT_A_TIME = 4;
  private static final int MOST_EVENT_BYTES = 6_291_456;

  private static final String NO_PERMISSION =
      "The IAM role configured on the integration or API Gateway doesn't have permissions to call"
          + " the integration. Check the permissions and try again.";

  private static final String NO_RESPONSE =
      "The response from the Lambda function doesn't match the format that API Gateway expects. ";

  private final FunctionInvoker functions;
  private final ApiMetrics metrics;
  private final Executor steps = StepThreads.named("api-integration", STEPS_AT_A_TIME);

  FunctionCall(FunctionInvoker functions, ApiMetrics metrics) {
    this.functions = functions;
    this.metrics = metrics;
  }

  /** Completes with the answer; the wait for the function holds no thread. */
  CompletableFuture<HttpAnswer> answer(
      CallContext context, RouteMatch route, Integration integration) {
    ParameterMapping mapped =
        ParameterMapping.apply(integration.requestParameters(), context, route);
    boolean second = integration.payloadFormatVersion().equals("2.0");
    ObjectNode event =
        second ? ApiEvent.of(context, route, mapped) : EventV1.of(context, route, mapped);
    byte[] payload = event.toString().getBytes(StandardCharsets.UTF_8);
    if (payload.length > MOST_EVENT_BYTES) {
      return CompletableFuture.completedFuture(HttpAnswer.tooLarge());
    }
    String arn = FunctionUri.arn(integration.integrationUri());
    Caller caller = new Caller.ServicePrincipal("apigateway.amazonaws.com", source(context, route));
    long start = System.nanoTime();
    return functions
        .invoke(arn, payload, caller)
        .toCompletableFuture()
        .copy()
        .orTimeout(integration.timeoutInMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (outcome, failure) -> {
              double millis = (System.nanoTime() - start) / 1e6;
              context.put("integrationLatency", Math.round(millis));
              context.put("integration.latency", Math.round(millis));
              metrics.integrated(context.apiId, context.stage.stageName(), millis);
              return failure == null
                  ? read(context, integration, outcome)
                  : failed(context, failure);
            },
            steps);
  }

  /** What the function's resource policy is asked for. */
  private static String source(CallContext context, RouteMatch route) {
    String behind =
        route.key().isDefault() ? RouteKey.DEFAULT : context.request.method() + route.key().path();
    return context.identity.arn(
        "execute-api", context.apiId + "/" + context.stage.stageName() + "/" + behind);
  }

  private static HttpAnswer failed(CallContext context, Throwable failure) {
    if (failure instanceof TimeoutException) {
      // The function goes on, as on AWS.
      fail(context, 504, "The integration did not respond within the timeout");
      return HttpAnswer.unavailable();
    }
    return refused(context, AsyncAction.cause(failure));
  }

  private static HttpAnswer read(
      CallContext context, Integration integration, FunctionInvoker.Outcome outcome) {
    context.put("integrationStatus", 200);
    context.put("integration.integrationStatus", 200);
    if (!outcome.functionError().isEmpty()) {
      fail(context, 200, "The Lambda function returned an error: " + errorMessage(outcome));
      return HttpAnswer.internalError();
    }
    try {
      HttpAnswer answer =
          FunctionResponse.read(outcome.payload(), integration.payloadFormatVersion());
      context.put("integration.status", answer.status());
      return answer;
    } catch (FunctionResponse.Malformed e) {
      fail(context, 200, NO_RESPONSE + e.getMessage());
      return HttpAnswer.internalError();
    }
  }

  private static String errorMessage(FunctionInvoker.Outcome outcome) {
    try {
      JsonNode error = JSON.readTree(outcome.payload());
      return error.path("errorType").asText(outcome.functionError())
          + ": "
          + error.path("errorMessage").asText();
    } catch (IOException e) {
      return outcome.functionError();
    }
  }

  private static HttpAnswer refused(CallContext context, Throwable cause) {
    if (!(cause instanceof AwsError error)) {
      throw new IllegalStateException("the function's invocation failed", cause);
    }
    boolean permission = error.status() == 403 || error.status() == 404;
    fail(context, error.status(), permission ? NO_PERMISSION : error.getMessage());
    return error.status() == 429 ? HttpAnswer.unavailable() : HttpAnswer.internalError();
  }

  private static void fail(CallContext context, int status, @Nullable String message) {
    context.put("integrationErrorMessage", message);
    context.put("integration.error", message);
    context.put("integrationStatus", status);
    context.put("integration.integrationStatus", status);
  }
}
