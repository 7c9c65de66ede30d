package io.pipelab.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * A subscription's filter policy (SNS Developer Guide, "Amazon SNS subscription filter policies"):
 * every key must match, a key's list is alternatives.
 */
final class FilterPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode policy;

  private FilterPolicy(JsonNode policy) {
    this.policy = policy;
  }

  /**
   * Reads a filter policy.
   *
   * @throws AwsError InvalidParameter when it is none
   */
  static FilterPolicy parse(String text) {
    try {
      JsonNode policy = JSON.readTree(text);
      if (policy != null && policy.isObject()) {
        check(policy);
        return new FilterPolicy(policy);
      }
    } catch (JsonProcessingException e) {
      throw invalid("failed to parse JSON.");
    }
    throw invalid("Filter policy must be an object");
  }

  private static void check(JsonNode level) {
    level
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isArray() && value.isEmpty()) {
                throw invalid("Empty arrays are not allowed");
              } else if (entry.getKey().equals("$or")) {
                value.forEach(FilterPolicy::check);
              } else if (value.isObject()) {
                check(value);
              } else if (!value.isArray()) {
                throw invalid("\"" + entry.getKey() + "\" must be an object or an array");
              } else {
                value.forEach(FilterMatcher::check);
              }
            });
  }

  /**
   * Refuses keys within keys, which only a filter on the body may have.
   *
   * @throws AwsError InvalidParameter
   */
  void requireFlat() {
    requireFlat(policy);
  }

  private static void requireFlat(JsonNode level) {
    level
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals("$or")) {
                entry.getValue().forEach(FilterPolicy::requireFlat);
              } else if (entry.getValue().isObject()) {
                throw invalid(
                    "Filter policy scope MessageAttributes does not support nested filter policy");
              }
            });
  }

  static AwsError invalid(String why) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: FilterPolicy: " + why);
  }

  /**
   * Whether a message with these attributes goes through ({@code
   * FilterPolicyScope=MessageAttributes}).
   */
  boolean matchesAttributes(Map<String, MessageAttributeValue> attributes) {
    ObjectNode values = JSON.createObjectNode();
    attributes.forEach((name, value) -> values.set(name, node(value)));
    return matches(policy, values);
  }

  /** Whether a message with this JSON body goes through ({@code FilterPolicyScope=MessageBody}). */
  boolean matchesBody(String message) {
    try {
      JsonNode body = JSON.readTree(message);
      return body != null && body.isObject() && matches(policy, body);
    } catch (JsonProcessingException e) {
      // SNS does not deliver a body that is not JSON to a subscription that filters on the body.
      return false;
    }
  }

  private static JsonNode node(MessageAttributeValue value) {
    String text = value.stringValue();
    try {
      if (value.dataType().equals("String.Array") || value.dataType().startsWith("Number")) {
        return JSON.readTree(text);
      }
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
    return JSON.getNodeFactory().textNode(text == null ? "" : text);
  }

  private static boolean matches(JsonNode wanted, @Nullable JsonNode has) {
    var keys = wanted.fields();
    while (keys.hasNext()) {
      Map.Entry<String, JsonNode> key = keys.next();
      if (!matchesKey(key.getKey(), key.getValue(), has)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesKey(String key, JsonNode wanted, @Nullable JsonNode has) {
    if (key.equals("$or")) {
      for (JsonNode alternative : wanted) {
        if (matches(alternative, has)) {
          return true;
        }
      }
      return false;
    }
    JsonNode value = has == null ? null : has.get(key);
    if (wanted.isObject()) {
      return matchesWithin(wanted, value);
    }
    for (JsonNode condition : wanted) {
      if (anyMatches(condition, value)) {
        return true;
      }
    }
    return false;
  }

  /** Of a list of objects one must match; the body's {@code Records} are one. */
  private static boolean matchesWithin(JsonNode wanted, @Nullable JsonNode value) {
    if (!(value instanceof ArrayNode list)) {
      return matches(wanted, value);
    }
    for (JsonNode each : list) {
      if (matchesWithin(wanted, each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyMatches(JsonNode condition, @Nullable JsonNode value) {
    if (value instanceof ArrayNode list) {
      for (JsonNode each : list) {
        if (FilterMatcher.matches(condition, each)) {
          return true;
        }
      }
      return false;
    }
    return FilterMatcher.matches(condition, value);
  }
}
