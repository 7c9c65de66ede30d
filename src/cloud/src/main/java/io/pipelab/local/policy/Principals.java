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
  Naming naming(Caller caller) {
    List<String> accounts = byType.getOrDefault("AWS", List.of());
    if (accounts.contains("*")) {
      return Naming.ITSELF;
    }
    if (caller instanceof Caller.ServicePrincipal service) {
      boolean named = byType.getOrDefault("Service", List.of()).contains(service.service());
      return named ? Naming.ITSELF : Naming.NOT_AT_ALL;
    }
    if (caller instanceof Caller.Anonymous) {
      return Naming.NOT_AT_ALL;
    }
    Naming naming = Naming.NOT_AT_ALL;
    for (String name : accounts) {
      naming = naming.or(naming(name, caller));
    }
    return naming;
  }

  private static Naming naming(String name, Caller caller) {
    if (name.equals(caller.arn())) {
      return Naming.ITSELF;
    }
    if (name.equals(RequestContext.principalArn(caller))) {
      return Naming.BY_ROLE;
    }
    // An account, as twelve digits or its root's ARN, stands for everyone in it.
    String account = Arn.parse(caller.arn()).account();
    boolean mine = name.equals(account) || name.equals("arn:aws:iam::" + account + ":root");
    return mine ? Naming.BY_ACCOUNT : Naming.NOT_AT_ALL;
  }
}
