package io.pipelab.local.kernel;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A part of the gateway that speaks HTTP itself. The gateway asks each in turn before it looks for
 * an action.
 */
public interface HttpEndpoint extends AutoCloseable {
  /** Whether this call is its own, judged by the head alone. */
  boolean accepts(HttpCall call);

  /**
   * Whether a browser may make this call. What is meant for web pages says so; everything else is
   * for programs, since a page that reaches the cloud could run code as its user.
   */
  default boolean admits(HttpCall call, WebVisit visit) {
    return false;
  }

  /**
   * As which service VPC endpoints lead to it, {@code execute-api}; empty where none does, so that
   * only the internet leads there.
   */
  default String networkName() {
    return "";
  }

  /** Whether it is beside each caller, as a task's metadata are, whatever the caller's network. */
  default boolean isLinkLocal() {
    return false;
  }

  /** Answers the call before it returns. */
  void handle(HttpCall call) throws IOException;

  /**
   * Answers the call; it is answered when the stage completes. Who waits for something overrides
   * this and returns at once: a wait holds no thread. The stage is cancelled when the caller goes
   * away.
   */
  default CompletionStage<?> begin(HttpCall call) throws IOException {
    handle(call);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  default void close() {}
}
