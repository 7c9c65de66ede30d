package io.pipelab.local.eventbridge.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An input template: text with {@code <variables>}. Inside of quotes a variable becomes text,
 * outside of them JSON; one that the event does not have becomes nothing.
 */
public final class InputTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");

  private final String template;
  private final Map<String, EventPath> paths;

  private InputTemplate(String template, Map<String, EventPath> paths) {
    this.template = template;
    this.paths = paths;
  }

  /**
   * Reads a template.
   *
   * @param paths by the names of variables
   * @throws IllegalArgumentException when a path is none
   */
  public static InputTemplate parse(String template, Map<String, String> paths) {
    return new InputTemplate(
        template,
        paths.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, each -> EventPath.parse(each.getValue()))));
  }

  /**
   * The input for an event.
   *
   * @param known the variables that EventBridge sets, {@code aws.events.rule-name} and the like
   */
  public String fill(JsonNode event, Map<String, JsonNode> known) {
    StringBuilder filled = new StringBuilder();
    Matcher variables = VARIABLE.matcher(template);
    boolean quoted = false;
    int at = 0;
    while (variables.find()) {
      String before = template.substring(at, variables.start());
      quoted ^= quotes(before) % 2 == 1;
      filled.append(before).append(value(variables.group(1), event, known, quoted));
      at = variables.end();
    }
    return filled.append(template, at, template.length()).toString();
  }

  private String value(String name, JsonNode event, Map<String, JsonNode> known, boolean quoted) {
    EventPath path = paths.get(name);
    Function<JsonNode, String> text = quoted ? InputTemplate::inQuotes : JsonNode::toString;
    JsonNode value = path == null ? known.get(name) : path.in(event);
    return value == null || value.isMissingNode() ? "" : text.apply(value);
  }

  /** A text's characters, or other JSON as text, escaped for the string that they come into. */
  private static String inQuotes(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    String quoted = TextNode.valueOf(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static int quotes(String text) {
    int quotes = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        quotes++;
      }
    }
    return quotes;
  }

  /** Whether a text is JSON. */
  public static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
