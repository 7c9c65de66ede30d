package io.pipelab.local.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.SdkPojo;

/**
 * One API action's code: a typed request in, a typed response out, {@link AwsError} when it is
 * refused. One that waits is an {@link AsyncAction}.
 */
@FunctionalInterface
public interface Action<I extends SdkPojo, O extends SdkPojo> {
  O handle(I request, Caller caller);

  /** Starts the action; one that does not wait has ended when this returns. */
  default CompletionStage<O> begin(I request, Caller caller) {
    return CompletableFuture.completedFuture(handle(request, caller));
  }
}
