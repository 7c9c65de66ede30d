package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The engine's receipt handles: the message's id and the id of one delivery. */
final class ReceiptHandles {
  private static final Pattern HANDLE = Pattern.compile("[0-9a-f-]{36}#[0-9a-f-]{36}");

  private ReceiptHandles() {}

  /**
   * Refuses what never was a receipt handle.
   *
   * @throws AwsError ReceiptHandleIsInvalid
   */
  static void check(@Nullable String handle) {
    if (handle == null || handle.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter ReceiptHandle.");
    }
    if (!HANDLE.matcher(handle).matches()) {
      throw AwsError.badRequest(
          "ReceiptHandleIsInvalid",
          "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }
  }

  /** The id of the message that a handle is for. */
  static String messageId(String handle) {
    return handle.substring(0, handle.indexOf('#'));
  }
}
