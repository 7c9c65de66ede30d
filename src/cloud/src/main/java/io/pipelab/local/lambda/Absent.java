package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;

/** Deletions by CloudFormation: what is already gone is deleted. */
final class Absent {
  private Absent() {}

  static void isFine(Runnable deletion) {
    try {
      deletion.run();
    } catch (AwsError e) {
      if (!e.code().equals("ResourceNotFoundException")) {
        throw e;
      }
    }
  }
}
