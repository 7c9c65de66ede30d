package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells functions from ordinary objects. */
final class Functions {
  private Functions() {}

  /** {@code Ref} or {@code Fn::X} if the node is a call of it, else null. */
  static @Nullable String of(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      if (name.startsWith("Fn::") && node.size() > 1) {
        throw Invalid.template("every " + name + " object must have exactly one member");
      }
      if (name.startsWith("Fn::") || (name.equals("Ref") && node.size() == 1)) {
        return name;
      }
    }
    return null;
  }
}
