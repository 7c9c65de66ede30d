package io.pipelab.local.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The document paths that an update expression writes, as a tree, and what of an item lies below
 * them: UPDATED_NEW and UPDATED_OLD answer that and nothing beside it (Amazon DynamoDB API
 * Reference, "UpdateItem").
 */
final class UpdatedPaths {
  private static final Pattern TOKEN =
      Pattern.compile("[#:]?\\w+|[.,=()\\[\\]+-]", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Set<String> CLAUSES = Set.of("SET", "REMOVE", "ADD", "DELETE");

  /** Members and elements that are written; a node without any is written as a whole. */
  private static final class Node {
    private final Map<String, Node> members = new LinkedHashMap<>();
    private final Map<Integer, Node> elements = new TreeMap<>();
  }

  private final Node root = new Node();
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, String> names;
  private int at;

  private UpdatedPaths(String expression, Map<String, String> names) {
    this.names = names;
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /**
   * Reads an update expression that the engine took.
   *
   * @param names what the placeholders stand for
   */
  static UpdatedPaths of(String expression, Map<String, String> names) {
    UpdatedPaths paths = new UpdatedPaths(expression, names);
    boolean starts = false;
    int depth = 0;
    while (paths.at < paths.tokens.size()) {
      String token = paths.tokens.get(paths.at);
      if (starts && depth == 0) {
        paths.path();
        starts = false;
        continue;
      }
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      starts =
          depth == 0 && (token.equals(",") || CLAUSES.contains(token.toUpperCase(Locale.ROOT)));
      paths.at++;
    }
    return paths;
  }

  /** One path from here on: {@code a.b[1]}. */
  private void path() {
    Node node = root.members.computeIfAbsent(name(), key -> new Node());
    while (at < tokens.size()) {
      if (tokens.get(at).equals(".")) {
        at++;
        node = node.members.computeIfAbsent(name(), key -> new Node());
      } else if (tokens.get(at).equals("[")) {
        Integer index = Integer.valueOf(tokens.get(at + 1));
        node = node.elements.computeIfAbsent(index, key -> new Node());
        at += 3;
      } else {
        return;
      }
    }
  }

  private String name() {
    String token = tokens.get(at++);
    return names.getOrDefault(token, token);
  }

  /** What of these attributes was written. */
  Map<String, AttributeValue> of(Map<String, AttributeValue> attributes) {
    return members(root, attributes);
  }

  private static @Nullable AttributeValue value(Node node, AttributeValue value) {
    if (!node.members.isEmpty()) {
      Map<String, AttributeValue> members = members(node, value.m());
      return members.isEmpty() ? null : AttributeValue.fromM(members);
    }
    if (node.elements.isEmpty()) {
      return value;
    }
    List<AttributeValue> elements = new ArrayList<>();
    node.elements.forEach(
        (index, each) -> {
          AttributeValue element =
              index < value.l().size() ? value(each, value.l().get(index)) : null;
          if (element != null) {
            elements.add(element);
          }
        });
    return elements.isEmpty() ? null : AttributeValue.fromL(elements);
  }

  private static Map<String, AttributeValue> members(
      Node node, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> members = new LinkedHashMap<>();
    node.members.forEach(
        (name, each) -> {
          AttributeValue value = values.get(name);
          AttributeValue written = value == null ? null : value(each, value);
          if (written != null) {
            members.put(name, written);
          }
        });
    return members;
  }
}
