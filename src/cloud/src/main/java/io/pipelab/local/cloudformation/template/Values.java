package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Compares resolved values as CloudFormation does: 60 and "60" are the same. */
public final class Values {
  private Values() {}

  /** Whether two resolved trees say the same. */
  public static boolean same(JsonNode one, JsonNode other) {
    if (one.isValueNode() && other.isValueNode()) {
      return one.asText().equals(other.asText());
    }
    if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
      return false;
    }
    if (one.isArray()) {
      for (int i = 0; i < one.size(); i++) {
        if (!same(one.get(i), other.get(i))) {
          return false;
        }
      }
    }
    for (Map.Entry<String, JsonNode> member : one.properties()) {
      if (!same(member.getValue(), other.path(member.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
