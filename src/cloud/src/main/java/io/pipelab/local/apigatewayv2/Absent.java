package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.AwsError;

/** Deleting what is already gone is fine for a stack. */
final class Absent {
  private Absent() {}

  static void isFine(Runnable delete) {
    try {
      delete.run();
    } catch (AwsError e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }
}
