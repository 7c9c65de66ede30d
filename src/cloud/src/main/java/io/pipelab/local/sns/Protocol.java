package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Where a subscription delivers to. */
enum Protocol {
  LAMBDA,
  SQS,
  EMAIL;

  private static final Set<String> ELSEWHERE =
      Set.of("http", "https", "email-json", "sms", "application", "firehose");

  /** Whether SNS has a protocol of this name. */
  static boolean isKnown(String text) {
    return ELSEWHERE.contains(text) || Stream.of(values()).anyMatch(e -> e.word().equals(text));
  }

  static Protocol parse(String text) {
    return switch (text) {
      case "lambda" -> LAMBDA;
      case "sqs" -> SQS;
      case "email" -> EMAIL;
      default -> throw refused(text);
    };
  }

  private static AwsError refused(String text) {
    return ELSEWHERE.contains(text)
        ? AwsError.notImplemented("SNS subscriptions with the protocol " + text)
        : AwsError.badRequest(
            "InvalidParameter",
            "Invalid parameter: Amazon SNS does not support this protocol string: " + text);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
