package io.pipelab.local.sqs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for an answer on the caller's own thread, for callers that have nothing better. */
final class Waits {
  private Waits() {}

  /**
   * The answer; when {@code goOn} has become false the wait is cancelled, within a second, unless
   * the answer came just then.
   */
  static <T> T join(CompletableFuture<T> answer, BooleanSupplier goOn, T otherwise) {
    try {
      while (true) {
        try {
          return answer.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException pending) {
          if (!goOn.getAsBoolean() && answer.cancel(true)) {
            return otherwise;
          }
        }
      }
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
