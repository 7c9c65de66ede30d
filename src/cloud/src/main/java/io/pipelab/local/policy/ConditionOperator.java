package io.pipelab.local.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition operator with all that its name says: {@code ForAnyValue:StringNotLikeIfExists}.
 *
 * @param comparison null for {@code Null}, which only asks whether the key is there
 * @param negated none of the policy's values may match
 * @param ifExists holds for a request without the key
 */
record ConditionOperator(
    Quantifier quantifier, @Nullable Comparison comparison, boolean negated, boolean ifExists) {
  /** How many of a request's values are asked. */
  enum Quantifier {
    ONE,
    ALL,
    ANY
  }

  private static final String IF_EXISTS = "IfExists";
  private static final String FOR_ALL = "ForAllValues:";
  private static final String FOR_ANY = "ForAnyValue:";
  private static final String NULL = "Null";

  private static final Map<String, Comparison> POSITIVE =
      Map.ofEntries(
          Map.entry("StringEquals", Comparison.EQUAL),
          Map.entry("StringEqualsIgnoreCase", Comparison.EQUAL_IGNORING_CASE),
          Map.entry("StringLike", Comparison.LIKE),
          Map.entry("NumericEquals", Comparison.number(sign -> sign == 0)),
          Map.entry("NumericLessThan", Comparison.number(sign -> sign < 0)),
          Map.entry("NumericLessThanEquals", Comparison.number(sign -> sign <= 0)),
          Map.entry("NumericGreaterThan", Comparison.number(sign -> sign > 0)),
          Map.entry("NumericGreaterThanEquals", Comparison.number(sign -> sign >= 0)),
          Map.entry("DateEquals", Comparison.date(sign -> sign == 0)),
          Map.entry("DateLessThan", Comparison.date(sign -> sign < 0)),
          Map.entry("DateLessThanEquals", Comparison.date(sign -> sign <= 0)),
          Map.entry("DateGreaterThan", Comparison.date(sign -> sign > 0)),
          Map.entry("DateGreaterThanEquals", Comparison.date(sign -> sign >= 0)),
          Map.entry("Bool", Comparison.EQUAL_IGNORING_CASE),
          Map.entry("BinaryEquals", Comparison.EQUAL),
          Map.entry("IpAddress", Comparison.IP_ADDRESS),
          Map.entry("ArnEquals", Comparison.ARN),
          Map.entry("ArnLike", Comparison.ARN));

  private static final Map<String, Comparison> NEGATED =
      Map.of(
          "StringNotEquals", Comparison.EQUAL,
          "StringNotEqualsIgnoreCase", Comparison.EQUAL_IGNORING_CASE,
          "StringNotLike", Comparison.LIKE,
          "NumericNotEquals", Comparison.number(sign -> sign == 0),
          "DateNotEquals", Comparison.date(sign -> sign == 0),
          "NotIpAddress", Comparison.IP_ADDRESS,
          "ArnNotEquals", Comparison.ARN,
          "ArnNotLike", Comparison.ARN);

  /**
   * Reads an operator's name.
   *
   * @throws IllegalArgumentException in IAM's words, when there is no such operator
   */
  static ConditionOperator parse(String name) {
    Quantifier quantifier = Quantifier.ONE;
    String rest = name;
    if (rest.startsWith(FOR_ALL)) {
      quantifier = Quantifier.ALL;
      rest = rest.substring(FOR_ALL.length());
    } else if (rest.startsWith(FOR_ANY)) {
      quantifier = Quantifier.ANY;
      rest = rest.substring(FOR_ANY.length());
    }
    if (rest.equals(NULL) && quantifier == Quantifier.ONE) {
      return new ConditionOperator(quantifier, null, false, false);
    }
    boolean ifExists = rest.endsWith(IF_EXISTS);
    String base = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
    Comparison comparison = POSITIVE.get(base);
    Comparison opposite = NEGATED.get(base);
    if (comparison == null && opposite == null) {
      throw new IllegalArgumentException("Invalid Condition type : " + name + ".");
    }
    return new ConditionOperator(
        quantifier, comparison == null ? opposite : comparison, comparison == null, ifExists);
  }

  /** Whether the request's values of a key satisfy the policy's. */
  boolean holds(List<PolicyText> wanted, List<String> actual, RequestContext request) {
    if (comparison == null) {
      String missing = String.valueOf(actual.isEmpty());
      return wanted.stream().anyMatch(value -> missing.equalsIgnoreCase(value.text(request)));
    }
    if (actual.isEmpty()) {
      return switch (quantifier) {
        case ONE -> negated || ifExists;
        case ALL -> true;
        case ANY -> ifExists;
      };
    }
    return switch (quantifier) {
      case ONE -> actual.stream().anyMatch(value -> matches(wanted, value, request)) != negated;
      case ALL -> actual.stream().allMatch(value -> matches(wanted, value, request) != negated);
      case ANY -> actual.stream().anyMatch(value -> matches(wanted, value, request) != negated);
    };
  }

  private boolean matches(List<PolicyText> wanted, String actual, RequestContext request) {
    for (PolicyText each : wanted) {
      if (comparison != null && comparison.matches(each, actual, request)) {
        return true;
      }
    }
    return false;
  }
}
