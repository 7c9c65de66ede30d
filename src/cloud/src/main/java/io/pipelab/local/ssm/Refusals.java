package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;

/** The errors of Parameter Store, in AWS's words. */
final class Refusals {
  private Refusals() {}

  static AwsError invalid(String message) {
    return AwsError.badRequest("ValidationException", message);
  }

  /** AWS says no more than the code. */
  static AwsError notFound() {
    return AwsError.badRequest("ParameterNotFound", "");
  }

  static AwsError noVersion(String name, String selector) {
    return AwsError.badRequest(
        "ParameterVersionNotFound",
        "Systems Manager could not find version "
            + selector
            + " of "
            + name
            + ". Verify the version and try again.");
  }
}
