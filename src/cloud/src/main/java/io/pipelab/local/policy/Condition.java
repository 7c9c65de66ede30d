package io.pipelab.local.policy;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a statement's {@code Condition}: an operator, a key and the values of which one must
 * match.
 */
record Condition(String operator, String key, List<String> values) {
  private static final String IF_EXISTS = "IfExists";

  /** Operators by name: does the request's value match one value of the policy? */
  private static final Map<String, BiPredicate<String, String>> OPERATORS =
      Map.of(
          "StringEquals", String::equals,
          "StringEqualsIgnoreCase", String::equalsIgnoreCase,
          "StringLike", Wildcards::matches,
          "ArnEquals", Wildcards::matchesArn,
          "ArnLike", Wildcards::matchesArn,
          "Bool", String::equalsIgnoreCase);

  /** The same, turned around: none of the values may match; a missing key holds. */
  private static final Map<String, BiPredicate<String, String>> NEGATED =
      Map.of(
          "StringNotEquals", String::equals,
          "StringNotEqualsIgnoreCase", String::equalsIgnoreCase,
          "StringNotLike", Wildcards::matches,
          "ArnNotEquals", Wildcards::matchesArn,
          "ArnNotLike", Wildcards::matchesArn);

  /**
   * Checks the operator's name at once, so that a policy that would be misread is never stored.
   *
   * @throws AwsError NotImplemented that names the operator
   */
  Condition {
    String base = base(operator);
    if (!OPERATORS.containsKey(base) && !NEGATED.containsKey(base) && !base.equals("Null")) {
      throw AwsError.notImplemented("the policy condition operator " + operator);
    }
  }

  boolean holds(RequestContext request) {
    @Nullable String actual = request.value(key);
    String base = base(operator);
    if (base.equals("Null")) {
      return values.contains(String.valueOf(actual == null));
    }
    BiPredicate<String, String> negated = NEGATED.get(base);
    if (actual == null) {
      return negated != null || operator.endsWith(IF_EXISTS);
    }
    return negated == null ? anyMatches(OPERATORS.get(base), actual) : !anyMatches(negated, actual);
  }

  private boolean anyMatches(@Nullable BiPredicate<String, String> operator, String actual) {
    return operator != null && values.stream().anyMatch(value -> operator.test(value, actual));
  }

  private static String base(String operator) {
    return operator.endsWith(IF_EXISTS)
        ? operator.substring(0, operator.length() - IF_EXISTS.length())
        : operator;
  }
}
