package io.pipelab.local.kernel;

import java.util.concurrent.CompletionStage;

/** Port to Lambda: how other services call functions. */
public interface FunctionInvoker {
  /**
   * What a synchronous invocation came to.
   *
   * @param functionError empty, or {@code Handled} / {@code Unhandled}
   */
  record Outcome(byte[] payload, String functionError) {}

  /**
   * Runs a function (RequestResponse). The wait for it holds no thread; to cancel the stage does
   * not end the run.
   *
   * @return fails with an {@link AwsError}: AccessDeniedException when the function's resource
   *     policy does not let the caller in, TooManyRequestsException
   */
  CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller);

  /**
   * Hands an event to the function's asynchronous queue (Event): returns when it is accepted;
   * retries, dead-letter queue and destinations are Lambda's.
   *
   * @throws AwsError AccessDeniedException when the function's resource policy does not let the
   *     caller in
   */
  void invokeAsync(String functionArn, byte[] payload, Caller caller);

  /**
   * Does nothing when the caller may invoke the function now.
   *
   * @throws AwsError ResourceNotFoundException, or AccessDeniedException when the function's
   *     resource policy does not let the caller in
   */
  void check(String functionArn, Caller caller);
}
