package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.AwsError;

/** EventBridge's errors, in its words. */
final class Refusals {
  private Refusals() {}

  static AwsError invalid(String message) {
    return AwsError.badRequest("ValidationException", message);
  }

  static AwsError notFound(String message) {
    return AwsError.badRequest("ResourceNotFoundException", message);
  }

  static AwsError noRule(String name, String bus) {
    return notFound("Rule " + name + " does not exist on EventBus " + bus + ".");
  }

  static AwsError overLimit() {
    return AwsError.badRequest(
        "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  }

  static AwsError invalidPattern(String reason) {
    return AwsError.badRequest(
        "InvalidEventPatternException", "Event pattern is not valid. Reason: " + reason);
  }
}
