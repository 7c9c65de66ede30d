package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.QueueRefusal;

/** What the engine refuses, in AWS's words: the one place where the two meet. */
final class Refusals {
  private Refusals() {}

  /**
   * The error for a refusal.
   *
   * @param value the receipt handle that the call was about, or the seconds for INVISIBLE_TOO_LONG;
   *     empty when it was about neither
   */
  static AwsError of(QueueRefusal refusal, String value) {
    return switch (refusal.reason()) {
      case OVER_LIMIT ->
          AwsError.accessDenied(
              "OverLimit", "The maximum number of in flight messages is reached.");
      case HANDLE_INVALID ->
          AwsError.badRequest(
              "ReceiptHandleIsInvalid",
              "The input receipt handle \"" + value + "\" is not a valid receipt handle.");
      case HANDLE_EXPIRED -> invalid(value, "The receipt handle has expired.");
      case MESSAGE_GONE ->
          invalid(
              value, "Message does not exist or is not available for visibility timeout change.");
      case NOT_IN_FLIGHT ->
          AwsError.badRequest("MessageNotInflight", "The specified message isn't in flight.");
      case INVISIBLE_TOO_LONG ->
          MessageRules.invalid(
              "Value "
                  + value
                  + " for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout"
                  + " for the message is beyond the limit [43200 seconds]");
      case QUEUE_GONE ->
          AwsError.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
    };
  }

  private static AwsError invalid(String receiptHandle, String reason) {
    return MessageRules.invalid(
        "Value " + receiptHandle + " for parameter ReceiptHandle is invalid. Reason: " + reason);
  }
}
