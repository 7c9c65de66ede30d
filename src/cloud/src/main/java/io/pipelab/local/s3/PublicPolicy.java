package io.pipelab.local.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;

/** What a bucket policy grants to everybody. */
final class PublicPolicy {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<JsonNode> statements = new ArrayList<>();

  /**
   * Parses a policy document.
   *
   * @throws AwsError MalformedPolicy
   */
  PublicPolicy(String document) {
    JsonNode statement = parse(document).path("Statement");
    if (statement.isArray()) {
      statement.forEach(statements::add);
    } else {
      statements.add(statement);
    }
    for (JsonNode each : statements) {
      if (!each.path("Effect").asText().matches("Allow|Deny")) {
        throw malformed("Missing required field Effect");
      }
      if (!each.has("Principal") && !each.has("NotPrincipal")) {
        throw malformed("Missing required field Principal");
      }
      if (!each.has("Action") && !each.has("NotAction")) {
        throw malformed("Missing required field Action");
      }
      if (!each.has("Resource") && !each.has("NotResource")) {
        throw malformed("Missing required field Resource");
      }
    }
  }

  private static JsonNode parse(String document) {
    try {
      JsonNode tree = MAPPER.readTree(document);
      if (tree.isObject() && tree.has("Statement")) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw malformed("Policies must be valid JSON and the first byte must be '{'");
    }
    throw malformed("Missing required field Statement");
  }

  private static AwsError malformed(String message) {
    return AwsError.badRequest("MalformedPolicy", message);
  }

  /** Whether any statement lets in everybody without a condition. */
  boolean isPublic() {
    return statements.stream().anyMatch(each -> isAllow(each) && everybody(each));
  }

  private static boolean isAllow(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow");
  }

  private static boolean everybody(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    boolean star =
        principal.asText().equals("*")
            || texts(principal.path("AWS")).stream().anyMatch("*"::equals);
    return star && !statement.has("Condition");
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
