package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A template as a tree, with every short tag in its full form ({@code !Ref x} as {@code {"Ref":
 * "x"}}).
 *
 * @param lines the line, from 1, of each member by its path, for example {@code
 *     /Resources/Queue/Type}
 */
record SourceTree(ObjectNode root, Map<String, Integer> lines) {
  /** Deep enough for every real template, shallow enough for the stack. */
  static final int MAX_DEPTH = 100;

  static SourceTree read(String body) {
    return body.stripLeading().startsWith("{") ? JsonSource.read(body) : YamlSource.read(body);
  }

  static SourceTree of(JsonNode root, Map<String, Integer> lines) {
    if (root instanceof ObjectNode object) {
      return new SourceTree(object, lines);
    }
    throw Invalid.format("unsupported structure.");
  }
}
