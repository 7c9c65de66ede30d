package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.FullDisk;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Puts what a resource type threw into the words of a stack event. */
final class FailureReason {
  private static final System.Logger LOG = System.getLogger(FailureReason.class.getName());

  private FailureReason() {}

  /**
   * {@code Resource handler returned message: "..." (RequestToken: ..., HandlerErrorCode: ...)}.
   */
  static String of(ResourceType type, Throwable failure) {
    String message;
    String code;
    if (failure instanceof AwsError error) {
      message = detailed(error.getMessage(), type, error.status(), error.code());
      code = handlerCode(error.code(), error.status());
    } else if (failure instanceof AwsServiceException error && error.awsErrorDetails() != null) {
      String errorCode = String.valueOf(error.awsErrorDetails().errorCode());
      String text = String.valueOf(error.awsErrorDetails().errorMessage());
      message = detailed(text, type, error.statusCode(), errorCode);
      code = handlerCode(errorCode, error.statusCode());
    } else {
      LOG.log(System.Logger.Level.ERROR, "a resource of type " + type.schema().typeName(), failure);
      message =
          FullDisk.isBehind(failure)
              ? String.valueOf(FullDisk.error().getMessage())
              : failure.toString();
      code = "InternalFailure";
    }
    return "Resource handler returned message: \""
        + message
        + "\" (RequestToken: "
        + UUID.randomUUID()
        + ", HandlerErrorCode: "
        + code
        + ")";
  }

  private static String detailed(String message, ResourceType type, int status, String code) {
    String service = type.schema().typeName().split("::", 3)[1];
    return message
        + " (Service: "
        + service
        + ", Status Code: "
        + status
        + ", Error Code: "
        + code
        + ")";
  }

  private static String handlerCode(String code, int status) {
    if (code.contains("AlreadyExist") || code.contains("InUse") || code.contains("NameExists")) {
      return "AlreadyExists";
    } else if (code.contains("NotFound") || code.contains("NonExistent") || status == 404) {
      return "NotFound";
    } else if (code.contains("AccessDenied") || code.contains("Unauthorized") || status == 403) {
      return "AccessDenied";
    } else if (code.contains("LimitExceeded")) {
      return "ServiceLimitExceeded";
    } else if (code.equals("NotImplemented")) {
      return "InvalidRequest";
    } else {
      return status >= 500 ? "ServiceInternalError" : "InvalidRequest";
    }
  }
}
