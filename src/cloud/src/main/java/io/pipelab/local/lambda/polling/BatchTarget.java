package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.util.concurrent.CompletionStage;

/** The function that a poller hands its batches to. */
public interface BatchTarget {
  /** Whether there is a function now; nothing is received for one that is not there. */
  boolean present();

  /** The session of the function's role, as which the queue is read. */
  Caller reader();

  /**
   * Runs the function.
   *
   * @return fails with an {@link io.pipelab.local.kernel.AwsError}: with status 429 when the
   *     function is throttled, or another when it cannot run at all
   */
  CompletionStage<InvocationResult> invoke(byte[] event);
}
