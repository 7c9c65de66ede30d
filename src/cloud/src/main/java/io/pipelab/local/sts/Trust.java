package io.pipelab.local.sts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * Whom a role's trust policy lets assume it. Conditions are for IAM enforcement, which is a later
 * step.
 */
final class Trust {
  private Trust() {}

  /** Whether a service, {@code lambda.amazonaws.com}, may take the role. */
  static boolean allowsService(JsonNode trustPolicy, String service) {
    return allows(trustPolicy, "Service", service::equals);
  }

  /** Whether a caller of the account may take the role. */
  static boolean allowsAccount(JsonNode trustPolicy, String account, String callerArn) {
    String root = "arn:aws:iam::" + account + ":root";
    return allows(
        trustPolicy,
        "AWS",
        who -> who.equals("*") || who.equals(account) || who.equals(root) || who.equals(callerArn));
  }

  private static boolean allows(JsonNode policy, String kind, Predicate<String> matches) {
    JsonNode statements = policy.path("Statement");
    if (statements.isObject()) {
      return allowed(statements, kind, matches);
    }
    for (JsonNode statement : statements) {
      if (allowed(statement, kind, matches)) {
        return true;
      }
    }
    return false;
  }

  private static boolean allowed(JsonNode statement, String kind, Predicate<String> matches) {
    if (!statement.path("Effect").asText().equals("Allow")
        || !anyOf(statement.path("Action"), a -> a.equals("sts:AssumeRole") || a.equals("sts:*"))) {
      return false;
    }
    JsonNode principal = statement.path("Principal");
    return principal.isTextual()
        ? principal.asText().equals("*") && matches.test("*")
        : anyOf(principal.path(kind), matches);
  }

  private static boolean anyOf(JsonNode oneOrMany, Predicate<String> matches) {
    if (oneOrMany.isTextual()) {
      return matches.test(oneOrMany.asText());
    }
    for (JsonNode each : oneOrMany) {
      if (matches.test(each.asText())) {
        return true;
      }
    }
    return false;
  }
}
