package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CloudWatch Logs' ways to refuse a parameter. */
final class Refusal {
  private Refusal() {}

  static AwsError parameter(String message) {
    return AwsError.badRequest("InvalidParameterException", message);
  }

  static AwsError constraint(@Nullable Object value, String member, String constraint) {
    return parameter(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  /** The value, which has to be there. */
  static <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw constraint(null, member, "Member must not be null");
    }
    return value;
  }

  /** The limit that was asked for, else the most. */
  static int limit(@Nullable Integer asked, int most) {
    if (asked == null) {
      return most;
    }
    if (asked < 1) {
      throw constraint(asked, "limit", "Member must have value greater than or equal to 1");
    }
    if (asked > most) {
      throw constraint(asked, "limit", "Member must have value less than or equal to " + most);
    }
    return asked;
  }

  static <T> Page<T> page(List<T> all, @Nullable String token, @Nullable Integer asked, int most) {
    int size = limit(asked, most);
    try {
      return Page.of(all, token, size, most);
    } catch (AwsError e) {
      throw badToken();
    }
  }

  static AwsError limitExceeded() {
    return AwsError.badRequest("LimitExceededException", "Resource limit exceeded.");
  }

  static AwsError badToken() {
    return parameter("The specified nextToken is invalid.");
  }
}
