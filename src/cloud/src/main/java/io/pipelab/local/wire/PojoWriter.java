package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes the SDK's model classes as trees, for the JSON and CBOR protocols. */
final class PojoWriter {
  /** How timestamps stand in a tree. */
  enum Times {
    /** As numbers of seconds, or in the text format that the model asks for: JSON. */
    JSON,
    /** As {@link Instant} objects, whose writer knows how: CBOR. */
    TYPED
  }

  private PojoWriter() {}

  /** The payload members of a model object; members that are not set are left out. */
  static ObjectNode tree(SdkPojo pojo, Times times) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.location() != MarshallLocation.PAYLOAD) {
        continue;
      }
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !isAutoConstruct(value)) {
        object.set(field.locationName(), write(value, field, times));
      }
    }
    return object;
  }

  /** The SDK marks collections that were never set; they do not belong on the wire. */
  static boolean isAutoConstruct(Object value) {
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
  }

  private static JsonNode write(@Nullable Object value, SdkField<?> field, Times times) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value == null) {
      return nodes.nullNode();
    } else if (value instanceof SdkPojo nested) {
      return tree(nested, times);
    } else if (value instanceof List<?> list) {
      SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      ArrayNode array = nodes.arrayNode();
      list.forEach(each -> array.add(write(each, member, times)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      ObjectNode object = nodes.objectNode();
      map.forEach((key, each) -> object.set(String.valueOf(key), write(each, member, times)));
      return object;
    } else if (value instanceof Boolean bool) {
      return nodes.booleanNode(bool);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return nodes.numberNode(((Number) value).longValue());
    } else if (value instanceof Number number) {
      return nodes.numberNode(number.doubleValue());
    } else if (value instanceof SdkBytes bytes) {
      return nodes.binaryNode(bytes.asByteArrayUnsafe());
    } else if (value instanceof Instant instant) {
      return time(instant, field, times);
    } else if (value instanceof Document document) {
      return documentTree(document);
    } else {
      return nodes.textNode(value.toString());
    }
  }

  private static JsonNode time(Instant instant, SdkField<?> field, Times times) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (times == Times.TYPED) {
      return nodes.pojoNode(instant);
    }
    TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class);
    if (trait != null
        && (trait.format() == TimestampFormatTrait.Format.ISO_8601
            || trait.format() == TimestampFormatTrait.Format.RFC_822)) {
      return nodes.textNode(Timestamps.format(instant, trait.format()));
    }
    // Seconds with milliseconds: AWS's JSON timestamp.
    return nodes.numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
  }

  private static JsonNode documentTree(Document document) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (document.isMap()) {
      ObjectNode object = nodes.objectNode();
      document.asMap().forEach((key, each) -> object.set(key, documentTree(each)));
      return object;
    } else if (document.isList()) {
      ArrayNode array = nodes.arrayNode();
      document.asList().forEach(each -> array.add(documentTree(each)));
      return array;
    } else if (document.isBoolean()) {
      return nodes.booleanNode(document.asBoolean());
    } else if (document.isNumber()) {
      return nodes.numberNode(document.asNumber().bigDecimalValue());
    }
    return document.isNull() ? nodes.nullNode() : nodes.textNode(document.asString());
  }
}
