package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The errors of API Gateway's API, and the settings that the embedded cloud does not have. */
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

  /**
   * Refuses members that are set and that nothing here would heed.
   *
   * @param of what the error calls the thing, for example {@code integrations}
   */
  static void unsupported(SdkPojo request, String of, String... members) {
    for (String member : members) {
      for (SdkField<?> field : request.sdkFields()) {
        Object value = field.memberName().equals(member) ? field.getValueOrDefault(request) : null;
        if (value != null
            && !Boolean.FALSE.equals(value)
            && !(value instanceof SdkAutoConstructList)
            && !(value instanceof SdkAutoConstructMap)) {
          throw AwsError.notImplemented(member + " of " + of + " of HTTP APIs");
        }
      }
    }
  }
}
