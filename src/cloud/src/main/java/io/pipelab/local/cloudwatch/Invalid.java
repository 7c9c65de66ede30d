package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;

/** CloudWatch's ways to refuse a parameter. */
final class Invalid {
  private Invalid() {}

  static AwsError value(String message) {
    return AwsError.badRequest("InvalidParameterValue", message);
  }

  static AwsError combination(String message) {
    return AwsError.badRequest("InvalidParameterCombination", message);
  }

  static AwsError validation(String message) {
    return AwsError.badRequest("ValidationError", message);
  }

  /** The value, which has to be there. */
  static <T> T required(@Nullable T value, String parameter) {
    if (value == null || value.equals("")) {
      throw AwsError.badRequest("MissingParameter", "The parameter " + parameter + " is required.");
    }
    return value;
  }
}
