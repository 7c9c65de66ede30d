package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.AwsError;

/** The errors of API Gateway's API. */
final class Refusal {
  private Refusal() {}

  static AwsError badRequest(String message) {
    return AwsError.badRequest("BadRequestException", message);
  }

  static AwsError conflict(String message) {
    return AwsError.of("ConflictException", 409, message);
  }

  /** {@code Invalid Route identifier specified}. */
  static AwsError unknown(String what, String id) {
    return AwsError.notFound(
        "NotFoundException", "Invalid " + what + " identifier specified: " + id);
  }
}
