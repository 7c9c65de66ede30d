package io.pipelab.local.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads policy documents, and refuses the malformed ones as IAM does. */
final class PolicyDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

  private PolicyDocuments() {}

  /** An identity policy: statements with Effect, Action and Resource, without a principal. */
  static JsonNode identityPolicy(String text) {
    JsonNode document = parse(text);
    for (JsonNode statement : statements(document)) {
      require(
          statement.has("Action") || statement.has("NotAction"), "Statement must have an Action");
      require(
          statement.has("Resource") || statement.has("NotResource"),
          "Policy statement must contain resources.");
      require(!statement.has("Principal"), "Policy document should not specify a principal.");
    }
    return document;
  }

  /** A role's trust policy: statements with Effect, Principal and Action. */
  static JsonNode trustPolicy(String text) {
    JsonNode document = parse(text);
    for (JsonNode statement : statements(document)) {
      require(statement.has("Action"), "Statement must have an Action");
      require(statement.has("Principal"), "Has prohibited or missing field Principal");
      require(!statement.has("Resource"), "Has prohibited field Resource");
    }
    return document;
  }

  /** The document as IAM's answers carry it: JSON, percent-encoded by RFC 3986. */
  static String encoded(JsonNode document) {
    return URLEncoder.encode(document.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode parse(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed("Syntax errors in policy.");
    }
    require(document != null && document.isObject(), "Syntax errors in policy.");
    JsonNode version = document.path("Version");
    require(
        version.isMissingNode() || VERSIONS.contains(version.asText()),
        "The policy must contain a valid version string");
    require(document.has("Statement"), "Syntax errors in policy.");
    for (JsonNode statement : statements(document)) {
      String effect = statement.path("Effect").asText();
      require(effect.equals("Allow") || effect.equals("Deny"), "Invalid effect: " + effect);
    }
    return document;
  }

  private static Iterable<JsonNode> statements(JsonNode document) {
    JsonNode statement = document.path("Statement");
    return statement.isArray() ? statement : JSON.createArrayNode().add(statement);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw malformed(message);
    }
  }

  private static AwsError malformed(String message) {
    return AwsError.badRequest("MalformedPolicyDocument", message);
  }
}
