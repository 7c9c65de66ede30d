package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.lambda.execution.Environments;
import io.pipelab.local.lambda.execution.Invocation;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.io.UncheckedIOException;

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
   * Runs a function and waits for it.
   *
   * @throws AwsError TooManyRequestsException, or AccessDeniedException when Lambda cannot assume
   *     the function's role
   */
  InvocationResult run(Target found, String requestId, byte[] payload) {
    Target target = inUse(found);
    try {
      FunctionStates.requireUsable(target.version());
      return runInUse(target, requestId, payload);
    } finally {
      target.version().code().release();
    }
  }

  /** The target, or what it is now when its code was replaced since it was found. */
  private Target inUse(Target found) {
    Target target = found;
    while (!target.version().code().retain()) {
      target = target(new FunctionName(target.function().name(), target.qualifier()));
    }
    return target;
  }

  private InvocationResult runInUse(Target target, String requestId, byte[] payload) {
    int running = target.function().enter();
    if (running == 0) {
      throw throttled(target);
    }
    try {
      metrics.count(target, "ConcurrentExecutions", running);
      InvocationResult result =
          environments.invoke(
              target.version().spec(target.function().arn()),
              new Invocation(requestId, target.arn(), payload));
      metrics.count(target, "Invocations", 1);
      metrics.count(target, "Errors", result.failed() ? 1 : 0);
      metrics.count(target, "Throttles", 0);
      metrics.milliseconds(target, "Duration", result.duration());
      return result;
    } catch (AwsError e) {
      throw e.status() == 429 ? throttled(target) : roleRefused(e);
    } catch (UncheckedIOException e) {
      throw AwsError.of("ServiceException", 500, e.getMessage() + ": " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AwsError.of("ServiceException", 500, "the embedded cloud is shutting down");
    } finally {
      target.function().leave();
    }
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
