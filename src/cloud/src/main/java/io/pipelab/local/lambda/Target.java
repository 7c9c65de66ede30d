package io.pipelab.local.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What an invocation is aimed at.
 *
 * @param version what the qualifier stands for now
 * @param qualifier as it was asked for, or null
 */
record Target(LambdaFunction function, FunctionVersion version, @Nullable String qualifier) {
  /** The invoked ARN, with the qualifier when there was one. */
  String arn() {
    return qualifier == null ? function.arn() : function.arn() + ":" + qualifier;
  }

  /** The function's name, with the qualifier when there was one: the Resource dimension. */
  String resource() {
    return qualifier == null ? function.name() : function.name() + ":" + qualifier;
  }
}
