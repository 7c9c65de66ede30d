package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How other services call functions. */
final class Invoker implements FunctionInvoker {
  private final Invocations invocations;
  private final AsyncEvents events;

  Invoker(Invocations invocations, AsyncEvents events) {
    this.invocations = invocations;
    this.events = events;
  }

  @Override
  public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
    Target target;
    try {
      target = invocations.authorized(FunctionName.parse(functionArn, null), caller);
    } catch (AwsError refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
    return invocations
        .run(target, newRequestId(), payload)
        .thenApply(result -> new Outcome(result.payload(), result.functionError()));
  }

  @Override
  public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
    Target target = invocations.authorized(FunctionName.parse(functionArn, null), caller);
    events.accept(target, newRequestId(), payload);
  }

  @Override
  public void check(String functionArn, Caller caller) {
    invocations.authorized(FunctionName.parse(functionArn, null), caller);
  }

  static String newRequestId() {
    return UUID.randomUUID().toString();
  }
}
