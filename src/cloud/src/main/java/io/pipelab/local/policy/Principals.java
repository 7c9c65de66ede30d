package io.pipelab.local.policy;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.Caller;
import java.util.List;
import java.util.Map;

/**
 * Whom a statement is about.
 *
 * @param byType the names by their type: {@code AWS}, {@code Service}, {@code Federated}, {@code
 *     CanonicalUser}; {@code "*"} alone is read as {@code AWS: *}
 */
record Principals(Map<String, List<String>> byType) {
  boolean include(Caller caller) {
    List<String> accounts = byType.getOrDefault("AWS", List.of());
    if (accounts.contains("*")) {
      return true;
    }
    if (caller instanceof Caller.ServicePrincipal service) {
      return byType.getOrDefault("Service", List.of()).contains(service.service());
    }
    if (caller instanceof Caller.Anonymous) {
      return false;
    }
    return accounts.stream().anyMatch(name -> names(name, caller));
  }

  /** An account, as twelve digits or its root's ARN, stands for everyone in it. */
  private static boolean names(String name, Caller caller) {
    String account = Arn.parse(caller.arn()).account();
    return name.equals(account)
        || name.equals("arn:aws:iam::" + account + ":root")
        || name.equals(caller.arn())
        || name.equals(RequestContext.principalArn(caller));
  }
}
