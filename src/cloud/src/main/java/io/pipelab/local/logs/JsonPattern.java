package io.pipelab.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]*]+)|\\[(\\d{1,9})\\]");

  private final String pattern;
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, List<Object>> selectors = new LinkedHashMap<>();
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
  static LogPattern parse(String pattern) {
    if (!pattern.endsWith("}") || pattern.length() < 2) {
      throw Refusal.parameter("Invalid filter pattern");
    }
    JsonPattern parser = new JsonPattern(pattern);
    Predicate<JsonNode> condition = parser.either();
    if (parser.next < parser.tokens.size()) {
      throw parser.invalid();
    }
    return new Read(condition, parser.selectors);
  }

  /** A pattern that was read, with the selectors that are in it. */
  private record Read(Predicate<JsonNode> condition, Map<String, List<Object>> selectors)
      implements LogPattern {
    @Override
    public boolean test(String message) {
      JsonNode tree = tree(message);
      return tree != null && condition.test(tree);
    }

    @Override
    public @Nullable String field(String message, String selector) {
      JsonNode tree = tree(message);
      List<Object> path = steps(selector);
      return tree == null || path == null ? null : text(at(tree, path));
    }

    @Override
    public Map<String, String> extracted(String message) {
      JsonNode tree = tree(message);
      Map<String, String> values = new LinkedHashMap<>();
      selectors.forEach(
          (selector, path) -> {
            String value = tree == null ? null : text(at(tree, path));
            if (value != null) {
              values.put(selector, value);
            }
          });
      return values;
    }

    private static @Nullable String text(JsonNode value) {
      return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
  }

  private static @Nullable JsonNode tree(String message) {
    if (!message.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      return null; // a message that only looks like JSON
    }
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
    Comparison comparison = Comparison.of(operator, operand);
    return message -> {
      JsonNode value = at(message, path);
      return comparison.number() != null
          ? value.isNumber() && comparison.holds(value.decimalValue())
          : value.isValueNode() && !value.isNull() && comparison.holds(value.asText());
    };
  }

  private List<Object> path(String selector) {
    List<Object> steps = steps(selector);
    if (steps == null) {
      throw invalid();
    }
    selectors.put(selector, steps);
    return steps;
  }

  /** {@code $.a.b[0]} as member names and indexes; null when the text is no selector. */
  static @Nullable List<Object> steps(String selector) {
    if (!selector.startsWith("$")) {
      return null;
    }
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(selector).region(1, selector.length());
    while (matcher.lookingAt()) {
      steps.add(
          matcher.group(1) != null ? matcher.group(1) : (Object) Integer.valueOf(matcher.group(2)));
      matcher.region(matcher.end(), selector.length());
    }
    return matcher.regionStart() < selector.length() || steps.isEmpty() ? null : steps;
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
