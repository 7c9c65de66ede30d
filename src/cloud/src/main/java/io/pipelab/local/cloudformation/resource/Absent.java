package io.pipelab.local.cloudformation.resource;

import io.pipelab.local.kernel.AwsError;

/** Deletions by CloudFormation: what is already gone is deleted. */
public final class Absent {
  private Absent() {}

  /** Deletes something that may be gone. */
  public static void isFine(Runnable deletion) {
    try {
      deletion.run();
    } catch (AwsError e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
