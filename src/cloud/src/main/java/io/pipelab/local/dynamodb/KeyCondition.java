package io.pipelab.local.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Which attributes a Query's key condition names, as an expression or in the old form. */
final class KeyCondition {
  /** A name or a placeholder of one; neither a value nor a function. */
  private static final Pattern NAME =
      Pattern.compile("(?<![:#\\w])(#?[A-Za-z_]\\w*|#\\w+)\\b(?!\\s*\\()");

  private static final Set<String> WORDS = Set.of("AND", "BETWEEN");

  private KeyCondition() {}

  static List<String> names(QueryRequest request) {
    if (request.hasKeyConditions()) {
      return List.copyOf(request.keyConditions().keySet());
    }
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(String.valueOf(request.keyConditionExpression()));
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!WORDS.contains(name.toUpperCase(Locale.ROOT))) {
        names.add(request.expressionAttributeNames().getOrDefault(name, name));
      }
    }
    return names;
  }
}
