package io.pipelab.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;

/** A function's handler in the one form that the runtime calls: JSON in, JSON out. */
@FunctionalInterface
interface EventHandler {
  /** Throws whatever the function throws. */
  byte[] handle(byte[] event, Context context) throws Throwable;
}
