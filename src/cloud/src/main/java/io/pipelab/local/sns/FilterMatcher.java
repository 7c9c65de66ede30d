package io.pipelab.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One condition of a filter policy's key: a value, or an operator with its operand. */
final class FilterMatcher {
  private static final Set<String> OPERATORS =
      Set.of(
          "exists",
          "prefix",
          "suffix",
          "wildcard",
          "cidr",
          "anything-but",
          "equals-ignore-case",
          "numeric");

  private static final int DIGITS = 5;

  private FilterMatcher() {}

  /** Refuses operators that are not evaluated here, by name. */
  static void check(JsonNode condition) {
    if (condition.isObject()) {
      String operator = condition.fieldNames().hasNext() ? condition.fieldNames().next() : "";
      if (!OPERATORS.contains(operator)) {
        throw FilterPolicy.invalid("Unrecognized match type " + operator);
      }
      if (operator.equals("cidr")) {
        AddressRange.parse(condition.get(operator).asText());
      }
    }
  }

  static boolean matches(JsonNode condition, @Nullable JsonNode value) {
    if (!condition.isObject()) {
      return value != null && equal(condition, value);
    }
    String operator = condition.fieldNames().next();
    JsonNode operand = condition.get(operator);
    if (operator.equals("exists")) {
      return operand.asBoolean() == (value != null);
    }
    if (value == null) {
      return false;
    }
    return switch (operator) {
      case "prefix" -> value.asText().startsWith(operand.asText());
      case "suffix" -> value.asText().endsWith(operand.asText());
      case "wildcard" -> wildcard(operand.asText()).matcher(value.asText()).matches();
      case "cidr" -> AddressRange.parse(operand.asText()).contains(value.asText());
      case "equals-ignore-case" -> value.asText().equalsIgnoreCase(operand.asText());
      case "anything-but" -> anythingBut(operand, value);
      case "numeric" -> value.isNumber() && numeric(operand, value);
      default -> throw new IllegalStateException("unchecked operator " + operator);
    };
  }

  /** A star is any text; everything else is itself. */
  private static Pattern wildcard(String text) {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  private static boolean equal(JsonNode wanted, JsonNode value) {
    return wanted.isNumber() && value.isNumber()
        ? compare(wanted, value) == 0
        : wanted.equals(value);
  }

  private static boolean anythingBut(JsonNode operand, JsonNode value) {
    if (operand.isObject()) {
      return !matches(operand, value);
    }
    if (operand.isArray()) {
      for (JsonNode each : operand) {
        if (equal(each, value)) {
          return false;
        }
      }
      return true;
    }
    return !equal(operand, value);
  }

  /** Numbers count to five digits behind the point ("Numeric value matching"). */
  private static int compare(JsonNode one, JsonNode other) {
    return digits(one).compareTo(digits(other));
  }

  private static BigDecimal digits(JsonNode number) {
    return number.decimalValue().setScale(DIGITS, RoundingMode.HALF_UP);
  }

  /** {@code [">", 0, "<=", 100]}: every pair must hold. */
  private static boolean numeric(JsonNode pairs, JsonNode value) {
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      int order = compare(value, pairs.get(i + 1));
      boolean holds =
          switch (pairs.get(i).asText().toLowerCase(Locale.ROOT)) {
            case "=" -> order == 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            default -> throw FilterPolicy.invalid("Unrecognized numeric operator");
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
