package io.pipelab.verify.check.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.verify.check.AbsurdAnswer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy document.
 *
 * @param sid its id; empty when it has none
 * @param principals service names, ARNs, or {@code *}
 * @param odd what cannot be listed as actions and resources: NotAction, NotResource, NotPrincipal
 * @param condition operator, key (lower case), and values, sorted
 */
public record PolicyStatement(
    String sid,
    boolean allow,
    List<String> principals,
    List<String> actions,
    List<String> resources,
    List<String> odd,
    Map<String, Map<String, List<String>>> condition) {
  /** The operators that ask for a value, or for one of its form. */
  private static final Set<String> LIKENESS =
      Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a policy document.
   *
   * @param document JSON, or JSON percent-encoded as IAM answers it; null when the target gave none
   * @throws AbsurdAnswer when it is neither
   */
  public static List<PolicyStatement> parse(@Nullable String document) {
    JsonNode statements = json(document == null ? "" : document).path("Statement");
    List<PolicyStatement> parsed = new ArrayList<>();
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      parsed.add(parse(statement));
    }
    return parsed;
  }

  private static JsonNode json(String document) {
    try {
      JsonNode json =
          JSON.readTree(
              document.stripLeading().startsWith("{")
                  ? document
                  : URLDecoder.decode(document, StandardCharsets.UTF_8));
      if (json.isObject()) {
        return json;
      }
      throw new AbsurdAnswer("a policy that is not a JSON object: \"" + document + "\"", null);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new AbsurdAnswer("a policy that is not valid JSON: \"" + document + "\"", e);
    }
  }

  private static PolicyStatement parse(JsonNode statement) {
    List<String> odd = new ArrayList<>();
    for (String name : List.of("NotAction", "NotResource", "NotPrincipal")) {
      if (statement.has(name)) {
        odd.add(name + " " + String.join(", ", texts(statement.get(name))));
      }
    }
    return new PolicyStatement(
        statement.path("Sid").asText(""),
        statement.path("Effect").asText().equals("Allow"),
        principals(statement.path("Principal")),
        texts(statement.path("Action")),
        texts(statement.path("Resource")),
        odd,
        condition(statement.path("Condition")));
  }

  private static List<String> principals(JsonNode principal) {
    if (principal.isTextual()) {
      return List.of(principal.asText());
    }
    List<String> principals = new ArrayList<>();
    principal.forEach(kind -> principals.addAll(texts(kind)));
    return principals;
  }

  private static List<String> texts(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(node.asText());
    }
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Map<String, Map<String, List<String>>> condition(JsonNode node) {
    Map<String, Map<String, List<String>>> condition = new TreeMap<>();
    node.properties()
        .forEach(
            operator -> {
              Map<String, List<String>> keys = new TreeMap<>();
              operator
                  .getValue()
                  .properties()
                  .forEach(
                      key ->
                          keys.put(
                              key.getKey().toLowerCase(Locale.ROOT),
                              List.copyOf(new TreeSet<>(texts(key.getValue())))));
              condition.put(operator.getKey(), keys);
            });
    return condition;
  }

  /** The same form for a condition that a manifest gives. */
  static Map<String, Map<String, List<String>>> conditionOf(Map<String, Object> given) {
    JsonNode node = JSON.valueToTree(given);
    return condition(node);
  }

  /** Whether it asks only that some of these keys, in lower case, be like a value. */
  boolean asksOnlyFor(Set<String> keys) {
    return LIKENESS.containsAll(condition.keySet())
        && condition.values().stream().allMatch(asked -> keys.containsAll(asked.keySet()));
  }

  /** The values that a condition key must have, whatever the operator. */
  public List<String> conditionValues(String key) {
    return condition.values().stream()
        .flatMap(keys -> keys.getOrDefault(key.toLowerCase(Locale.ROOT), List.of()).stream())
        .toList();
  }
}
