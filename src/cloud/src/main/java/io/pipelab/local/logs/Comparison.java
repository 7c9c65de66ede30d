package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a filter pattern: {@code >= 500}, {@code = "ERR*"}.
 *
 * @param number the operand when it is a number, else null: only numbers have an order
 * @param text the operand otherwise, where a star stands for anything
 */
record Comparison(String operator, @Nullable BigDecimal number, Pattern text) {
  /**
   * Reads an operand, quoted or not.
   *
   * @throws AwsError InvalidParameterException for an order of texts; NotImplemented for regular
   *     expressions
   */
  static Comparison of(String operator, String operand) {
    if (operand.startsWith("%")) {
      throw AwsError.notImplemented("regular expressions in filter patterns (" + operand + ")");
    }
    BigDecimal number = number(operand);
    if (number == null && !operator.equals("=") && !operator.equals("!=")) {
      throw Refusal.parameter("Invalid filter pattern: " + operator + " " + operand);
    }
    return new Comparison(operator, number, glob(unquoted(operand)));
  }

  boolean holds(BigDecimal value) {
    if (number == null) {
      return holds(value.toString());
    }
    int order = value.compareTo(number);
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  boolean holds(String value) {
    return text.matcher(value).matches() == operator.equals("=");
  }

  /** The number that a text is, or null. */
  static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null; // a text, then
    }
  }

  private static String unquoted(String operand) {
    return operand.startsWith("\"")
        ? operand.substring(1, operand.length() - 1).replaceAll("\\\\(.)", "$1")
        : operand;
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (String part : text.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
