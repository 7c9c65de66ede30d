package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;

/** Lambda's errors, in its own words. */
final class Errors {
  private Errors() {}

  static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterValueException", message);
  }

  /** A member that breaks the API model's own constraint. */
  static AwsError constraint(Object value, String member, String rule) {
    return AwsError.badRequest(
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must "
            + rule);
  }

  static AwsError missing(String member) {
    return AwsError.badRequest(
        "ValidationException",
        "1 validation error detected: Value null at '"
            + member
            + "' failed to satisfy constraint: Member must not be null");
  }

  static AwsError notFound(String message) {
    return AwsError.notFound("ResourceNotFoundException", message);
  }

  static AwsError conflict(String message) {
    return AwsError.of("ResourceConflictException", 409, message);
  }

  static AwsError staleRevision() {
    return AwsError.of(
        "PreconditionFailedException",
        412,
        "The RevisionId provided does not match the latest RevisionId. Call the"
            + " GetFunction/GetAlias API to retrieve the latest RevisionId");
  }
}
