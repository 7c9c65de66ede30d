package io.pipelab.local.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy document, read once and asked often (IAM User Guide, "Policy evaluation logic": a deny
 * wins, then an allow, else silence).
 */
public final class Policy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Reads a policy document.
   *
   * @throws IllegalArgumentException with the reason, when it is not a policy
   * @throws io.pipelab.local.kernel.AwsError NotImplemented, for a condition operator that is not
   *     evaluated here
   */
  public static Policy parse(String document) {
    JsonNode root;
    try {
      root = JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the policy is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject() || !root.has("Statement")) {
      throw new IllegalArgumentException("the policy has no Statement");
    }
    List<Statement> statements = new ArrayList<>();
    JsonNode given = root.get("Statement");
    for (JsonNode each : given.isArray() ? given : List.of(given)) {
      statements.add(statement(each));
    }
    return new Policy(List.copyOf(statements));
  }

  /** What the policy says to a request. */
  public Decision decide(RequestContext request) {
    Decision decision = Decision.SILENT;
    for (Statement statement : statements) {
      if (statement.appliesTo(request)) {
        if (!statement.allow()) {
          return Decision.DENY;
        }
        decision = Decision.ALLOW;
      }
    }
    return decision;
  }

  private static Statement statement(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("unknown member of a Statement: " + name);
              }
            });
    String effect = node.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new IllegalArgumentException("Effect must be Allow or Deny");
    }
    if (!node.has("Action") && !node.has("NotAction")) {
      throw new IllegalArgumentException("a Statement needs an Action");
    }
    return new Statement(
        effect.equals("Allow"),
        principals(node.get("Principal")),
        principals(node.get("NotPrincipal")),
        texts(node.get("Action")),
        texts(node.get("NotAction")),
        texts(node.get("Resource")),
        texts(node.get("NotResource")),
        conditions(node.path("Condition")));
  }

  private static @Nullable Principals principals(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      return new Principals(Map.of("AWS", texts(node)));
    }
    Map<String, List<String>> byType = new LinkedHashMap<>();
    node.fields().forEachRemaining(entry -> byType.put(entry.getKey(), texts(entry.getValue())));
    return new Principals(byType);
  }

  private static List<Condition> conditions(JsonNode node) {
    List<Condition> conditions = new ArrayList<>();
    node.fields()
        .forEachRemaining(
            operator ->
                operator
                    .getValue()
                    .fields()
                    .forEachRemaining(
                        key ->
                            conditions.add(
                                new Condition(
                                    operator.getKey(), key.getKey(), texts(key.getValue())))));
    return List.copyOf(conditions);
  }

  private static List<String> texts(@Nullable JsonNode node) {
    if (node == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : node.isArray() ? node : List.of(node)) {
      texts.add(each.asText());
    }
    return List.copyOf(texts);
  }
}
