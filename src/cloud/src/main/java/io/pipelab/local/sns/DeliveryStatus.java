package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import java.util.regex.Pattern;

/**
 * The topic attributes of delivery status logging, {@code LambdaSuccessFeedbackRoleArn} and the
 * like. Logging is off until a role is named; no role can be named here. Terraform sets all of them
 * to what they are anyway.
 */
final class DeliveryStatus {
  private static final Pattern NAME =
      Pattern.compile(
          "(Application|Firehose|HTTP|Lambda|SQS)"
              + "((Success|Failure)FeedbackRoleArn|SuccessFeedbackSampleRate)");

  private static final Pattern PERCENT = Pattern.compile("\\d{1,2}|100");

  private DeliveryStatus() {}

  static boolean isAttribute(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Checks one of these attributes.
   *
   * @throws AwsError NotImplemented for a role; InvalidParameter for a rate that is no percentage
   */
  static void check(String name, String value) {
    if (name.endsWith("RoleArn") && !value.isEmpty()) {
      throw AwsError.notImplemented("delivery status logging of topics (" + name + ")");
    }
    if (name.endsWith("SampleRate") && !PERCENT.matcher(value).matches()) {
      throw AwsError.badRequest(
          "InvalidParameter",
          "Invalid parameter: Attributes Reason: " + name + ": must be between 0 and 100");
    }
  }
}
