package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads policy documents, and refuses the malformed ones as IAM does: in its order, with its words
 * (recorded answers to CreatePolicy, in a public test suite).
 */
final class PolicyDocuments {
  private static final Set<String> TRUST_ACTIONS =
      Set.of(
          "sts:AssumeRole",
          "sts:AssumeRoleWithSAML",
          "sts:AssumeRoleWithWebIdentity",
          "sts:SetSourceIdentity",
          "sts:TagSession",
          "sts:SetContext");

  private static final String LEGACY = "The policy failed legacy parsing";

  private PolicyDocuments() {}

  /** A managed policy, which must be of the newer version. */
  static JsonNode managedPolicy(String text) {
    JsonNode document = shaped(text);
    require(
        document.path("Version").asText().equals("2012-10-17"),
        "Policy document must be version 2012-10-17 or greater.");
    return identityPolicy(text);
  }

  /** An identity's policy: statements with Effect, Action and Resource, without a principal. */
  static JsonNode identityPolicy(String text) {
    JsonNode document = shaped(text);
    List<JsonNode> statements = PolicyShape.statements(document);
    for (JsonNode statement : statements) {
      require(
          !statement.has("Principal") && !statement.has("NotPrincipal"),
          "Policy document should not specify a principal.");
    }
    Optional<String> badName = badResource(statements);
    requireLegacy(statements, badName);
    requireUniqueIds(statements);
    statements.forEach(
        each -> requireAny(each, "Action", "Policy statement must contain actions."));
    statements.forEach(
        each -> requireAny(each, "Resource", "Policy statement must contain resources."));
    badName.ifPresent(PolicyDocuments::refuse);
    statements.forEach(
        each -> {
          ActionNames.mistake(PolicyShape.texts(each.path("Action")))
              .ifPresent(PolicyDocuments::refuse);
          ActionNames.mistake(PolicyShape.texts(each.path("NotAction")))
              .ifPresent(PolicyDocuments::refuse);
        });
    return document;
  }

  /** A role's trust policy: statements with Effect, Principal and Action. */
  static JsonNode trustPolicy(String text) {
    JsonNode document = shaped(text);
    List<JsonNode> statements = PolicyShape.statements(document);
    require(statements.stream().allMatch(LegacyParsing::reads), LEGACY);
    requireUniqueIds(statements);
    for (JsonNode statement : statements) {
      require(
          statement.has("Principal") || statement.has("NotPrincipal"),
          "Missing required field Principal");
      boolean none =
          statement.path("Principal").isObject() && statement.path("Principal").isEmpty();
      require(!none, "Missing required field Principal cannot be empty!");
      require(statement.has("Action"), "Missing required field Action");
      require(
          TRUST_ACTIONS.containsAll(PolicyShape.texts(statement.path("Action"))),
          "AssumeRole policy may only specify STS AssumeRole actions.");
      require(
          !statement.has("Resource") && !statement.has("NotResource"),
          "Has prohibited field Resource");
    }
    return document;
  }

  /** The document as IAM's answers carry it: JSON, percent-encoded by RFC 3986. */
  static String encoded(JsonNode document) {
    return URLEncoder.encode(document.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A document of the shape of one, whatever it is for. */
  static JsonNode shaped(String text) {
    return PolicyShape.read(text).orElseThrow(() -> malformed("Syntax errors in policy."));
  }

  /** The older parser does not get to see resources whose names are wrong. */
  private static void requireLegacy(List<JsonNode> statements, Optional<String> badName) {
    require(statements.stream().allMatch(LegacyParsing::reads), LEGACY);
    require(
        badName.isPresent() || statements.stream().allMatch(LegacyParsing::readsResources), LEGACY);
  }

  private static Optional<String> badResource(List<JsonNode> statements) {
    return statements.stream()
        .flatMap(
            each ->
                List.of("Resource", "NotResource").stream()
                    .map(member -> ResourceNames.mistake(PolicyShape.texts(each.path(member)))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static void requireUniqueIds(List<JsonNode> statements) {
    Set<String> seen = new HashSet<>();
    for (JsonNode statement : statements) {
      String sid = statement.path("Sid").asText();
      require(
          sid.isEmpty() || seen.add(sid), "Statement IDs (SID) in a single policy must be unique.");
    }
  }

  /** The member or its {@code Not...}, and not as an empty list. */
  private static void requireAny(JsonNode statement, String member, String message) {
    boolean any =
        !PolicyShape.texts(statement.path(member)).isEmpty()
            || !PolicyShape.texts(statement.path("Not" + member)).isEmpty();
    require(any, message);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw malformed(message);
    }
  }

  private static void refuse(String message) {
    throw malformed(message);
  }

  private static AwsError malformed(String message) {
    return AwsError.badRequest("MalformedPolicyDocument", message);
  }
}
