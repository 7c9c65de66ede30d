package io.pipelab.verify.check.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a role's policies grant, held against what it should be granted. */
public final class Grants {
  /** One action on one resource, under a condition (empty: always). */
  record Grant(String action, String resource, Map<String, Map<String, List<String>>> condition) {
    /** Whether having this is enough to have the other. */
    boolean covers(Grant other) {
      return matches(action.toLowerCase(Locale.ROOT), other.action().toLowerCase(Locale.ROOT))
          && matches(resource, other.resource())
          && (condition.isEmpty() || condition.equals(other.condition()));
    }

    boolean same(Grant other) {
      return action.equalsIgnoreCase(other.action())
          && resource.equals(other.resource())
          && condition.equals(other.condition());
    }

    /** This grant alone, as a policy's statement. */
    Map<String, Object> statement() {
      Map<String, Object> statement = new LinkedHashMap<>();
      statement.put("Effect", "Allow");
      statement.put("Action", action);
      statement.put("Resource", resource);
      if (!condition.isEmpty()) {
        statement.put("Condition", condition);
      }
      return statement;
    }

    @Override
    public String toString() {
      return action + " on " + resource + (condition.isEmpty() ? "" : " if " + condition);
    }

    private static boolean matches(String pattern, String text) {
      StringBuilder regex = new StringBuilder();
      for (char c : pattern.toCharArray()) {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
      return text.matches(regex.toString());
    }
  }

  private final List<Grant> expected;
  private final Set<Grant> allowed = new LinkedHashSet<>();
  private final Set<Grant> denied = new LinkedHashSet<>();
  private final List<String> odd = new ArrayList<>();

  Grants(List<Grant> expected) {
    this.expected = expected;
  }

  void add(List<PolicyStatement> statements) {
    for (PolicyStatement statement : statements) {
      if (statement.allow()) {
        statement.odd().forEach(what -> odd.add("may do anything but what is listed: " + what));
      }
      for (String action : statement.actions()) {
        for (String resource : statement.resources()) {
          Grant grant = new Grant(action, resource, statement.condition());
          (statement.allow() ? allowed : denied).add(grant);
        }
      }
    }
  }

  /** What is granted and should not be, then what should be granted and is not. */
  List<String> differences() {
    List<String> differences = new ArrayList<>(odd);
    for (Grant grant : allowed) {
      if (expected.stream().noneMatch(grant::same)) {
        differences.add("may also " + grant);
      }
    }
    for (Grant grant : expected) {
      if (allowed.stream().noneMatch(has -> has.covers(grant))) {
        differences.add("may not " + grant);
      } else if (denied.stream().anyMatch(deny -> deny.covers(grant))) {
        differences.add("is denied " + grant);
      }
    }
    return differences;
  }
}
