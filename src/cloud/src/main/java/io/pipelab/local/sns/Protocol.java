package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import java.util.Locale;

/** Where a subscription delivers to. */
enum Protocol {
  LAMBDA,
  SQS,
  EMAIL;

  static Protocol parse(String text) {
    return switch (text) {
      case "lambda" -> LAMBDA;
      case "sqs" -> SQS;
      case "email" -> EMAIL;
      case "http", "https", "email-json", "sms", "application", "firehose" ->
          throw AwsError.notImplemented("SNS subscriptions with the protocol " + text);
      default ->
          throw AwsError.badRequest(
              "InvalidParameter",
              "Invalid parameter: Amazon SNS does not support this protocol string: " + text);
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
