package io.pipelab.local.lambda;

import java.time.Instant;

/**
 * An event in a function's asynchronous queue.
 *
 * @param accepted when it was taken, in cloud time
 * @param attempts how often the function ran for it
 */
record AsyncEvent(
    FunctionName function, String requestId, byte[] payload, Instant accepted, int attempts) {

  AsyncEvent tried() {
    return new AsyncEvent(function, requestId, payload, accepted, attempts + 1);
  }
}
