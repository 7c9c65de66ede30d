package io.pipelab.local.lambda.execution;

import java.time.Duration;

/**
 * What an invocation came to.
 *
 * @param functionError empty, or {@code Unhandled}
 * @param logTail the invocation's log, of which AWS shows the last 4 KB
 * @param duration wall time in the handler, without initialization
 */
public record InvocationResult(
    byte[] payload, String functionError, String logTail, Duration duration) {

  /** Whether the function failed. */
  public boolean failed() {
    return !functionError.isEmpty();
  }
}
