package io.pipelab.local.kernel;

import java.io.IOException;

/**
 * A part of the gateway that speaks HTTP itself. The gateway asks each in turn before it looks for
 * an action.
 */
public interface HttpEndpoint extends AutoCloseable {
  /** Whether this call is its own, judged by the head alone. */
  boolean accepts(HttpCall call);

  /** Answers the call. */
  void handle(HttpCall call) throws IOException;

  @Override
  default void close() {}
}
