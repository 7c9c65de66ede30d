package io.pipelab.local.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An action that may wait (a long poll, a function's run) and holds no thread while it does: it
 * returns at once, and the caller is answered when the stage completes. A failed stage is answered
 * like a thrown exception.
 *
 * <p>When the caller goes away first, the gateway cancels the very stage that was returned: whoever
 * waits behind it must see that ({@code whenComplete}) and take nothing on the caller's behalf any
 * more. A stage made by {@code thenApply} keeps its cancellation to itself; {@link #map} passes it
 * on.
 */
@FunctionalInterface
public interface AsyncAction<I extends SdkPojo, O extends SdkPojo> extends Action<I, O> {
  @Override
  CompletionStage<O> begin(I request, Caller caller);

  /** Waits on the calling thread: for callers inside the cloud that have one to spare. */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // both ways lead to the same answer
  default O handle(I request, Caller caller) {
    return join(begin(request, caller));
  }

  /** Waits for a stage on the calling thread, and throws what it failed with. */
  static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What a stage really failed with: stages made of it wrap that. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  /** What becomes of a stage's result; cancelling it cancels the stage. */
  static <A, B> CompletionStage<B> map(CompletionStage<A> from, Function<A, B> then) {
    CompletableFuture<B> mapped = from.thenApply(then).toCompletableFuture();
    mapped.whenComplete(
        (result, failure) -> {
          if (mapped.isCancelled()) {
            from.toCompletableFuture().cancel(false);
          }
        });
    return mapped;
  }
}
