package io.pipelab.local.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy document, read once and asked often (IAM User Guide, "Policy evaluation logic": a deny
 * wins, then an allow, else silence).
 */
public final class Policy {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The version whose documents may hold policy variables. */
  private static final String WITH_VARIABLES = "2012-10-17";

  /** What a statement may have (IAM User Guide, "Grammar of the IAM JSON policy language"). */
  public static final Set<String> STATEMENT_MEMBERS =
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
    boolean variables = root.path("Version").asText().equals(WITH_VARIABLES);
    for (JsonNode each : given.isArray() ? given : List.of(given)) {
      statements.add(statement(each, statements.size(), variables));
    }
    return new Policy(List.copyOf(statements));
  }

  /** One policy that has the statements of all of them; without any it allows nothing. */
  public static Policy union(List<Policy> policies) {
    return new Policy(policies.stream().flatMap(each -> each.statements.stream()).toList());
  }

  /** What the policy says to a request. */
  public Decision decide(RequestContext request) {
    return outcome(request).decision();
  }

  /**
   * The places, from 0, of the statements that allow or that deny a request.
   *
   * @param allow true for those that allow
   */
  public List<Integer> matching(RequestContext request, boolean allow) {
    return statements.stream()
        .filter(each -> each.allow() == allow)
        .filter(each -> each.appliesTo(request) != Naming.NOT_AT_ALL)
        .map(Statement::position)
        .toList();
  }

  /** What the policy says to a request, and which statement says it. */
  Outcome outcome(RequestContext request) {
    Outcome outcome = Outcome.SILENT;
    for (Statement statement : statements) {
      Naming naming = statement.appliesTo(request);
      if (naming != Naming.NOT_AT_ALL) {
        outcome = outcome.with(statement, naming);
      }
    }
    return outcome;
  }

  private static Statement statement(JsonNode node, int position, boolean variables) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!STATEMENT_MEMBERS.contains(name)) {
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
        node.path("Sid").asText(null),
        position,
        effect.equals("Allow"),
        principals(node.get("Principal")),
        principals(node.get("NotPrincipal")),
        actions(node.get("Action")),
        actions(node.get("NotAction")),
        policyTexts(node.get("Resource"), variables),
        policyTexts(node.get("NotResource"), variables),
        conditions(node.path("Condition"), variables));
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

  private static List<Condition> conditions(JsonNode node, boolean variables) {
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> operator : node.properties()) {
      if (operator.getValue().isEmpty()) {
        continue; // nothing is asked, whatever the operator is called
      }
      ConditionOperator parsed = ConditionOperator.parse(operator.getKey());
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        String name = key.getKey().toLowerCase(Locale.ROOT);
        conditions.add(new Condition(parsed, name, policyTexts(key.getValue(), variables)));
      }
    }
    return List.copyOf(conditions);
  }

  private static List<Glob> actions(@Nullable JsonNode node) {
    return texts(node).stream().map(Statement::action).toList();
  }

  private static List<PolicyText> policyTexts(@Nullable JsonNode node, boolean variables) {
    return texts(node).stream().map(text -> PolicyText.of(text, variables)).toList();
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
