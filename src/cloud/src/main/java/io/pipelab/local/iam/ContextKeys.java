package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The condition keys that policies ask for, in conditions and as variables, as they spell them. */
final class ContextKeys {
  /** {@code ${aws:username}}, {@code ${aws:username, 'nobody'}}; not {@code ${*}} and the like. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([^,}]{2,}?)\\s*(?:,[^}]*)?}");

  private ContextKeys() {}

  /** Those of all documents, each once, whatever its case. */
  static Set<String> of(Collection<Document> documents) {
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    documents.forEach(each -> collect(each.json(), keys));
    return keys;
  }

  private static void collect(JsonNode document, Set<String> keys) {
    for (JsonNode statement : PolicyShape.statements(document)) {
      for (String member : List.of("Resource", "NotResource")) {
        PolicyShape.texts(statement.path(member)).forEach(text -> variables(text, keys));
      }
      for (JsonNode operator : statement.path("Condition")) {
        operator
            .properties()
            .forEach(
                key -> {
                  keys.add(key.getKey());
                  PolicyShape.texts(key.getValue()).forEach(text -> variables(text, keys));
                });
      }
    }
  }

  private static void variables(String text, Set<String> keys) {
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      keys.add(variable.group(1));
    }
  }
}
