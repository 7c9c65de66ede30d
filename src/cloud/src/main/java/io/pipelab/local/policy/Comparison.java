package io.pipelab.local.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How one value of a policy is compared with one of a request (IAM User Guide, "IAM JSON policy
 * elements: Condition operators"). A value that cannot be read as what is compared matches nothing.
 */
@FunctionalInterface
interface Comparison {
  Comparison EQUAL = (policy, actual, request) -> actual.equals(policy.text(request));

  Comparison EQUAL_IGNORING_CASE =
      (policy, actual, request) -> actual.equalsIgnoreCase(policy.text(request));

  Comparison LIKE =
      (policy, actual, request) -> {
        Glob glob = policy.glob(request);
        return glob != null && glob.matches(actual);
      };

  Comparison ARN =
      (policy, actual, request) -> {
        Glob glob = policy.glob(request);
        return glob != null && glob.matchesArn(actual);
      };

  Comparison IP_ADDRESS =
      (policy, actual, request) -> {
        String range = policy.text(request);
        return range != null && IpRange.contains(range, actual);
      };

  boolean matches(PolicyText policy, String actual, RequestContext request);

  /** Numbers, of whichever size; {@code sign} looks at the request's value against the policy's. */
  static Comparison number(IntPredicate sign) {
    return (policy, actual, request) -> {
      BigDecimal left = number(actual);
      BigDecimal right = number(policy.text(request));
      return left != null && right != null && sign.test(left.compareTo(right));
    };
  }

  /** Dates: ISO 8601, or seconds since 1970. */
  static Comparison date(IntPredicate sign) {
    return (policy, actual, request) -> {
      Instant left = date(actual);
      Instant right = date(policy.text(request));
      return left != null && right != null && sign.test(left.compareTo(right));
    };
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    try {
      return text == null ? null : new BigDecimal(text.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Instant date(@Nullable String text) {
    BigDecimal seconds = number(text);
    try {
      if (text == null || seconds != null) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds.longValue());
      }
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
