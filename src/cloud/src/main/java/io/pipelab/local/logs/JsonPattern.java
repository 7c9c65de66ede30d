package io.pipelab.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads filter patterns for JSON messages: {@code { ($.level = "ERROR" || $.code >= 500) &&
 * $.user.name NOT EXISTS }}.
 */
final class JsonPattern {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(&&|\\|\\||[()]|!=|<=|>=|=|<|>|\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s()=<>!&|\"]+)");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]*]+)|\\[(\\d+)\\]");

  private final String pattern;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  private JsonPattern(String pattern) {
    this.pattern = pattern;
    String inner = pattern.substring(1, pattern.length() - 1);
    Matcher matcher = TOKEN.matcher(inner);
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      matcher.region(matcher.end(), inner.length());
    }
    if (!inner.substring(matcher.regionStart()).isBlank()) {
      throw invalid();
    }
  }

  /** Reads a pattern in braces; messages that are not JSON never match. */
  static Predicate<String> parse(String pattern) {
    if (!pattern.endsWith("}") || pattern.length() < 2) {
      throw Refusal.parameter("Invalid filter pattern");
    }
    JsonPattern parser = new JsonPattern(pattern);
    Predicate<JsonNode> condition = parser.either();
    if (parser.next < parser.tokens.size()) {
      throw parser.invalid();
    }
    return message -> {
      if (!message.stripLeading().startsWith("{")) {
        return false;
      }
      try {
        return condition.test(JSON.readTree(message));
      } catch (JsonProcessingException e) {
        return false; // a message that only looks like JSON
      }
    };
  }

  private Predicate<JsonNode> either() {
    Predicate<JsonNode> condition = both();
    while (peek().equals("||")) {
      next++;
      condition = condition.or(both());
    }
    return condition;
  }

  private Predicate<JsonNode> both() {
    Predicate<JsonNode> condition = one();
    while (peek().equals("&&")) {
      next++;
      condition = condition.and(one());
    }
    return condition;
  }

  private Predicate<JsonNode> one() {
    if (peek().equals("(")) {
      next++;
      Predicate<JsonNode> condition = either();
      expect(")");
      return condition;
    }
    List<Object> path = path(take());
    String operator = take().toUpperCase(Locale.ROOT);
    return switch (operator) {
      case "IS" -> is(path, take().toUpperCase(Locale.ROOT));
      case "NOT" -> {
        expect("EXISTS");
        yield message -> at(message, path).isMissingNode();
      }
      case "EXISTS" -> message -> !at(message, path).isMissingNode();
      case "=", "!=", "<", ">", "<=", ">=" -> comparison(path, operator, take());
      default -> throw invalid();
    };
  }

  private Predicate<JsonNode> is(List<Object> path, String what) {
    return switch (what) {
      case "NULL" -> message -> at(message, path).isNull();
      case "TRUE" -> message -> at(message, path).isBoolean() && at(message, path).asBoolean();
      case "FALSE" -> message -> at(message, path).isBoolean() && !at(message, path).asBoolean();
      default -> throw invalid();
    };
  }

  private Predicate<JsonNode> comparison(List<Object> path, String operator, String operand) {
    if (operand.startsWith("%")) {
      throw AwsError.notImplemented("regular expressions in filter patterns (" + operand + ")");
    }
    BigDecimal number = number(operand);
    if (number != null) {
      return message -> {
        JsonNode value = at(message, path);
        return value.isNumber() && holds(value.decimalValue().compareTo(number), operator);
      };
    }
    if (!operator.equals("=") && !operator.equals("!=")) {
      throw invalid(); // only numbers have an order
    }
    Pattern text = glob(unquoted(operand));
    return message -> {
      JsonNode value = at(message, path);
      return value.isValueNode()
          && !value.isNull()
          && text.matcher(value.asText()).matches() == operator.equals("=");
    };
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  private static @Nullable BigDecimal number(String operand) {
    try {
      return new BigDecimal(operand);
    } catch (NumberFormatException e) {
      return null; // a text, then
    }
  }

  private static String unquoted(String operand) {
    return operand.startsWith("\"")
        ? operand.substring(1, operand.length() - 1).replaceAll("\\\\(.)", "$1")
        : operand;
  }

  /** A text in which a star stands for anything. */
  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (String part : text.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** {@code $.a.b[0]} as member names and indexes. */
  private List<Object> path(String selector) {
    if (!selector.startsWith("$")) {
      throw invalid();
    }
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(selector).region(1, selector.length());
    while (matcher.lookingAt()) {
      steps.add(
          matcher.group(1) != null ? matcher.group(1) : (Object) Integer.valueOf(matcher.group(2)));
      matcher.region(matcher.end(), selector.length());
    }
    if (matcher.regionStart() < selector.length() || steps.isEmpty()) {
      throw invalid();
    }
    return steps;
  }

  private static JsonNode at(JsonNode message, List<Object> path) {
    JsonNode node = message;
    for (Object step : path) {
      node = step instanceof Integer index ? node.path(index) : node.path((String) step);
    }
    return node;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    if (next == tokens.size()) {
      throw invalid();
    }
    return tokens.get(next++);
  }

  private void expect(String token) {
    if (!take().equalsIgnoreCase(token)) {
      throw invalid();
    }
  }

  private AwsError invalid() {
    return Refusal.parameter("Invalid filter pattern: " + pattern);
  }
}
