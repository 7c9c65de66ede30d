package io.pipelab.local.secretsmanager;

import io.pipelab.local.kernel.AwsError;

/** Secrets Manager's refusals, in its words. */
final class Errors {
  private Errors() {}

  static AwsError notFound() {
    return AwsError.badRequest(
        "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  static AwsError noValue(String which) {
    return AwsError.badRequest(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + which);
  }

  static AwsError exists(String message) {
    return AwsError.badRequest("ResourceExistsException", message);
  }

  static AwsError parameter(String message) {
    return AwsError.badRequest("InvalidParameterException", message);
  }

  static AwsError request(String message) {
    return AwsError.badRequest("InvalidRequestException", message);
  }

  static AwsError validation(String message) {
    return AwsError.badRequest("ValidationException", message);
  }
}
