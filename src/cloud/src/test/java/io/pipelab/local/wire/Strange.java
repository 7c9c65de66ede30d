package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.declared.Member;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Values that fit a model's types and nothing else: what a careless or a hostile caller sends. */
public enum Strange {
  /** No member at all. */
  NOTHING("", "", false),
  /** Members that are there and empty. */
  HOLLOW("", "0", false),
  /** Members of all depths that mean nothing. */
  NEGATIVE("no::such/thing?", "-42", true),
  /** Numbers at the end of what fits, and a name that is fine. */
  LARGE("fuzz", "2147483647", true);

  private static final int DEEP = 4;

  private final String text;
  private final String number;
  private final boolean nested;

  Strange(String text, String number, boolean nested) {
    this.text = text;
    this.number = number;
    this.nested = nested;
  }

  /** The members of a model that are declared: the others never reach an action. */
  ObjectNode members(SdkPojo pojo, Map<String, Member> declared) {
    return this == NOTHING ? JsonNodeFactory.instance.objectNode() : object(pojo, 0, declared);
  }

  /** A scalar as text. */
  String scalar(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING || type == MarshallingType.SDK_BYTES) {
      return type == MarshallingType.STRING ? text : "AAAA";
    }
    return type == MarshallingType.BOOLEAN ? "true" : number;
  }

  /**
   * A structure.
   *
   * @param declared its members that are declared; empty when all are
   */
  private ObjectNode object(SdkPojo pojo, int depth, Map<String, Member> declared) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Member member = declared.get(field.memberName());
      boolean sent = member == null ? declared.isEmpty() : member.use() != Member.Use.DEFAULT;
      Map<String, Member> below = member == null ? Map.of() : member.below();
      JsonNode value = sent ? value(field, depth, below) : null;
      if (value != null) {
        object.set(field.locationName(), value);
      }
    }
    return object;
  }

  private @Nullable JsonNode value(SdkField<?> field, int depth, Map<String, Member> below) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    MarshallingType<?> type = field.marshallingType();
    boolean deeper = nested && depth < DEEP;
    if (type == MarshallingType.SDK_POJO) {
      return deeper ? object(field.constructor().get(), depth + 1, below) : nodes.objectNode();
    } else if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      JsonNode one = depth < DEEP ? value(member, depth + 1, below) : null;
      return one == null ? nodes.arrayNode() : nodes.arrayNode().add(one);
    } else if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      JsonNode one = depth < DEEP ? value(member, depth + 1, below) : null;
      return one == null ? nodes.objectNode() : nodes.objectNode().set(text, one);
    } else if (type == MarshallingType.DOCUMENT) {
      return null;
    }
    return nodes.textNode(scalar(field));
  }
}
