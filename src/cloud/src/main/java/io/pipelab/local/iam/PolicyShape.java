package io.pipelab.local.iam;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The shape of a policy document, which IAM looks at first (IAM User Guide, "Grammar of the IAM
 * JSON policy language"): which members there are and of which JSON type. What is wrong here is
 * "Syntax errors in policy." and nothing more.
 */
final class PolicyShape {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> EFFECTS = Set.of("allow", "deny");

  private static final Map<String, Predicate<JsonNode>> STATEMENT =
      Map.of(
          "Sid", JsonNode::isTextual,
          "Effect", PolicyShape::isEffect,
          "Principal", PolicyShape::isPrincipal,
          "NotPrincipal", PolicyShape::isPrincipal,
          "Action", PolicyShape::isTexts,
          "NotAction", PolicyShape::isTexts,
          "Resource", PolicyShape::isTexts,
          "NotResource", PolicyShape::isTexts,
          "Condition", PolicyShape::isCondition);

  private static final Pattern OPERATOR =
      Pattern.compile(
          "(ForAnyValue:|ForAllValues:)?"
              + "(String(Not)?(Equals(IgnoreCase)?|Like)"
              + "|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)"
              + "|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?");

  private PolicyShape() {}

  /** The document, if it has the shape of one. */
  static Optional<JsonNode> read(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    return document != null && isDocument(document) ? Optional.of(document) : Optional.empty();
  }

  /** The statements, of which a single one needs no list. */
  static List<JsonNode> statements(JsonNode document) {
    JsonNode statement = document.path("Statement");
    if (!statement.isArray()) {
      return List.of(statement);
    }
    List<JsonNode> statements = new ArrayList<>();
    statement.forEach(statements::add);
    return statements;
  }

  /** A text or the texts of a list. */
  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static boolean isDocument(JsonNode document) {
    return document.isObject()
        && document.properties().stream().allMatch(member -> DOCUMENT.contains(member.getKey()))
        && (!document.has("Version") || VERSIONS.contains(document.path("Version").textValue()))
        && (!document.has("Id") || document.path("Id").isTextual())
        && document.has("Statement")
        && !statements(document).isEmpty()
        && statements(document).stream().allMatch(PolicyShape::isStatement);
  }

  private static boolean isStatement(JsonNode statement) {
    return statement.isObject()
        && statement.has("Effect")
        && !(statement.has("Action") && statement.has("NotAction"))
        && !(statement.has("Resource") && statement.has("NotResource"))
        && !(statement.has("Principal") && statement.has("NotPrincipal"))
        && statement.properties().stream()
            .allMatch(
                member ->
                    STATEMENT.containsKey(member.getKey())
                        && STATEMENT.get(member.getKey()).test(member.getValue()));
  }

  /** In any case of letters: that is looked at later, see {@link LegacyParsing}. */
  private static boolean isEffect(JsonNode node) {
    return node.isTextual() && EFFECTS.contains(node.textValue().toLowerCase(Locale.ROOT));
  }

  private static boolean isPrincipal(JsonNode node) {
    return node.isTextual()
        || (node.isObject()
            && node.properties().stream().allMatch(member -> isTexts(member.getValue())));
  }

  private static boolean isTexts(JsonNode node) {
    return node.isTextual() || isListOf(node, JsonNode::isTextual);
  }

  private static boolean isCondition(JsonNode node) {
    return node.isObject()
        && node.properties().stream()
            .allMatch(member -> isOperator(member.getKey(), member.getValue()));
  }

  /** IAM lets an operator that there is not pass when nothing is asked by it. */
  private static boolean isOperator(String name, JsonNode keys) {
    return keys.isObject()
        && (keys.isEmpty() || OPERATOR.matcher(name).matches())
        && keys.properties().stream().allMatch(key -> isValues(key.getValue()));
  }

  private static boolean isValues(JsonNode node) {
    return node.isValueNode() || isListOf(node, JsonNode::isValueNode);
  }

  private static boolean isListOf(JsonNode node, Predicate<JsonNode> what) {
    if (!node.isArray()) {
      return false;
    }
    for (JsonNode each : node) {
      if (!what.test(each)) {
        return false;
      }
    }
    return true;
  }
}
