package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.lambda.execution.Environments;
import io.pipelab.local.lambda.execution.Invocation;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Finds the function that is meant, asks whether the caller may, and runs it. */
final class Invocations {
  private final Functions functions;
  private final Authorizer authorizer;
  private final Environments environments;
  private final FunctionMetrics metrics;

  Invocations(
      Functions functions,
      Authorizer authorizer,
      Environments environments,
      FunctionMetrics metrics) {
    this.functions = functions;
    this.authorizer = authorizer;
    this.environments = environments;
    this.metrics = metrics;
  }

  /**
   * The function that a caller may invoke.
   *
   * @throws AwsError ResourceNotFoundException, AccessDeniedException
   */
  Target authorized(FunctionName name, Caller caller) {
    Target target = target(name);
    LambdaFunction.PolicyState policy = target.function().policy(name.qualifier());
    authorizer.authorize(caller, target.arn(), policy == null ? null : policy.document());
    FunctionStates.requireUsable(target.version());
    return target;
  }

  /** The function of a name, without asking who calls. */
  Target target(FunctionName name) {
    LambdaFunction function = functions.get(name);
    return new Target(function, function.version(name.qualifier()), name.qualifier());
  }

  /**
   * Runs a function; to cancel the future does not end the run.
   *
   * @return fails with an {@link AwsError}: TooManyRequestsException, or AccessDeniedException when
   *     Lambda cannot assume the function's role
   */
  CompletableFuture<InvocationResult> run(Target found, String requestId, byte[] payload) {
    Target target;
    try {
      target = inUse(found);
    } catch (AwsError gone) {
      return CompletableFuture.failedFuture(gone);
    }
    return CompletableFuture.completedFuture(target)
        .thenCompose(
            inUse -> {
              FunctionStates.requireUsable(inUse.version());
              return runInUse(inUse, requestId, payload);
            })
        .whenComplete((result, failure) -> target.version().code().release());
  }

  /** The target, or what it is now when its code was replaced since it was found. */
  private Target inUse(Target found) {
    Target target = found;
    while (!target.version().code().retain()) {
      target = target(new FunctionName(target.function().name(), target.qualifier()));
    }
    return target;
  }

  private CompletableFuture<InvocationResult> runInUse(
      Target target, String requestId, byte[] payload) {
    int running = target.function().enter();
    if (running == 0) {
      return CompletableFuture.failedFuture(throttled(target));
    }
    metrics.count(target, "ConcurrentExecutions", running);
    return environments
        .invoke(
            target.version().spec(target.function().arn()),
            new Invocation(requestId, target.arn(), payload))
        .whenComplete((result, failure) -> target.function().leave())
        .handle(
            (result, failure) -> {
              if (failure != null) {
                throw failed(target, AsyncAction.cause(failure));
              }
              count(target, result);
              return result;
            });
  }

  private void count(Target target, InvocationResult result) {
    metrics.count(target, "Invocations", 1);
    metrics.count(target, "Errors", result.failed() ? 1 : 0);
    metrics.count(target, "Throttles", 0);
    metrics.milliseconds(target, "Duration", result.duration());
  }

  private RuntimeException failed(Target target, Throwable failure) {
    if (failure instanceof AwsError e) {
      return e.status() == 429 ? throttled(target) : roleRefused(e);
    }
    if (failure instanceof UncheckedIOException e) {
      return AwsError.of("ServiceException", 500, e.getMessage() + ": " + e.getCause());
    }
    return new CompletionException(failure);
  }

  private static AwsError roleRefused(AwsError error) {
    return error.code().equals("AccessDenied")
        ? AwsError.accessDenied(
            "AccessDeniedException",
            "The role defined for the function cannot be assumed by Lambda.")
        : error;
  }

  private AwsError throttled(Target target) {
    metrics.count(target, "Throttles", 1);
    return AwsError.of("TooManyRequestsException", 429, "Rate Exceeded.");
  }
}
