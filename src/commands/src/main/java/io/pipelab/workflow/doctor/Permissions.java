package io.pipelab.workflow.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which actions are allowed on which resources, as IAM policy documents that are as small as can
 * be: resources with the same actions share a statement (AWS: IAM JSON policy reference).
 */
final class Permissions {
  /** Of a managed policy, white space not counted (AWS: IAM and AWS STS quotas). */
  static final int MOST_CHARACTERS = 6_144;

  private static final int FRAME = "{\"Version\":\"2012-10-17\",\"Statement\":[]}".length();

  private final Map<String, Set<String>> actionsOf = new TreeMap<>();
  private final List<Map<String, Object>> others = new ArrayList<>();

  void allow(Collection<String> resources, Collection<String> actions) {
    resources.forEach(
        resource -> actionsOf.computeIfAbsent(resource, none -> new TreeSet<>()).addAll(actions));
  }

  /** Lets a service act with some roles. */
  void allowToPass(Collection<String> roles, Collection<String> services) {
    Map<String, Object> statement = statement(new TreeSet<>(roles), Set.of("iam:PassRole"));
    statement.put(
        "Condition", Map.of("StringEquals", Map.of("iam:PassedToService", sorted(services))));
    others.add(statement);
  }

  /** The documents, each within what a managed policy may hold. */
  List<Map<String, Object>> documents() {
    List<Map<String, Object>> documents = new ArrayList<>();
    List<Map<String, Object>> statements = new ArrayList<>();
    int size = FRAME;
    for (Map<String, Object> statement : statements()) {
      int more = PolicyText.characters(statement) + 1;
      if (!statements.isEmpty() && size + more > MOST_CHARACTERS) {
        documents.add(document(statements));
        statements = new ArrayList<>();
        size = FRAME;
      }
      statements.add(statement);
      size += more;
    }
    documents.add(document(statements));
    return documents;
  }

  private List<Map<String, Object>> statements() {
    Map<Set<String>, Set<String>> byActions = new LinkedHashMap<>();
    actionsOf.forEach(
        (resource, actions) ->
            byActions.computeIfAbsent(actions, none -> new TreeSet<>()).add(resource));
    List<Map<String, Object>> statements = new ArrayList<>();
    byActions.forEach((actions, resources) -> statements.add(statement(resources, actions)));
    statements.addAll(others);
    return statements;
  }

  private static Map<String, Object> statement(Set<String> resources, Set<String> actions) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Action", sorted(actions));
    statement.put("Resource", sorted(resources));
    return statement;
  }

  private static Map<String, Object> document(List<Map<String, Object>> statements) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", "2012-10-17");
    document.put("Statement", List.copyOf(statements));
    return document;
  }

  private static List<String> sorted(Collection<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }
}
