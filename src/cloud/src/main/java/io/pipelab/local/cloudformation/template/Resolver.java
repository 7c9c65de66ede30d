package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Replaces every function in a tree by its value. */
final class Resolver {
  private final Scope scope;

  Resolver(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  /** The tree without functions; a missing node when nothing is left of it (AWS::NoValue). */
  JsonNode resolve(JsonNode node) {
    String function = Functions.of(node);
    if (function != null) {
      return Intrinsic.named(function).apply(node.get(function), this);
    }
    if (node.isObject()) {
      return resolveMembers(node);
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = resolve(element);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    return node;
  }

  /** An object's members, each resolved; those that come to nothing are left out. */
  ObjectNode resolveMembers(JsonNode node) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = resolve(member.getValue());
      if (!value.isMissingNode()) {
        object.set(member.getKey(), value);
      }
    }
    return object;
  }
}
