package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Between trees of JSON and the SDK's model classes, driven by the fields that the SDK declares
 * ({@link SdkPojo#sdkFields()}). It serves the JSON and CBOR protocols and the properties of
 * CloudFormation resources.
 */
public final class Pojos {
  /** How member names of the tree are matched to the model's. */
  public enum Names {
    /** As on the wire. */
    EXACT,
    /**
     * Without regard to case: CloudFormation writes {@code Cpu} where ECS's API has {@code cpu}.
     */
    ANY_CASE
  }

  /** The Date header's format. */
  static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final int MOST_DIGITS = 400;
  private static final BigDecimal MOST_SECONDS = new BigDecimal("1E13");

  private Pojos() {}

  /**
   * Fills a request from a CloudFormation resource's properties, whose member names are the API's
   * but for case.
   *
   * @throws AwsError ValidationError that names the first property that the API does not have
   */
  @SuppressWarnings("unchecked") // the builder's build() returns the model class it belongs to
  public static <T> T bind(ObjectNode properties, SdkPojo builder) {
    fill(properties, builder, Names.ANY_CASE, true, "");
    return (T) ((Buildable) builder).build();
  }

  /** The fields of each builder class by their names on the wire. */
  private static final Map<Class<?>, Map<String, SdkField<?>>> EXACT_FIELDS =
      new ConcurrentHashMap<>();

  /** A builder's fields by their names on the wire. */
  static Map<String, SdkField<?>> fields(SdkPojo builder) {
    return EXACT_FIELDS.computeIfAbsent(
        builder.getClass(), type -> named(builder, Names.EXACT, false));
  }

  private static Map<String, SdkField<?>> named(SdkPojo builder, Names names, boolean strict) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    for (SdkField<?> field : builder.sdkFields()) {
      fields.put(fold(field.locationName(), names), field);
      if (strict) {
        fields.putIfAbsent(fold(field.memberName(), names), field);
      }
    }
    return fields;
  }

  private static void fill(
      JsonNode tree, SdkPojo builder, Names names, boolean strict, String path) {
    Map<String, SdkField<?>> fields = named(builder, names, strict);
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      SdkField<?> field = fields.get(fold(member.getKey(), names));
      if (field == null) {
        if (strict) {
          throw AwsError.badRequest(
              "ValidationError", "Unsupported property " + path + member.getKey());
        }
        continue;
      }
      if (!member.getValue().isNull()) {
        String below = path + member.getKey() + ".";
        field.set(builder, read(member.getValue(), field, names, strict, below));
      }
    }
  }

  private static String fold(String name, Names names) {
    return names == Names.EXACT ? name : name.toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object read(
      JsonNode node, SdkField<?> field, Names names, boolean strict, String path) {
    MarshallingType<?> type = field.marshallingType();
    if (node.isNull()) {
      return null;
    }
    if (type == MarshallingType.SDK_POJO) {
      if (!node.isObject()) {
        throw mismatch(path, "an object");
      }
      SdkPojo nested = field.constructor().get();
      fill(node, nested, names, strict, path);
      return ((Buildable) nested).build();
    }
    if (type == MarshallingType.LIST) {
      return readList(node, field, names, strict, path);
    }
    if (type == MarshallingType.MAP) {
      return readMap(node, field, names, strict, path);
    }
    return scalar(node, type, path);
  }

  private static List<Object> readList(
      JsonNode node, SdkField<?> field, Names names, boolean strict, String path) {
    SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
    if (!node.isArray()) {
      throw mismatch(path, "a list");
    }
    List<Object> list = new ArrayList<>();
    for (JsonNode each : node) {
      list.add(read(each, member, names, strict, path));
    }
    return list;
  }

  private static Map<String, Object> readMap(
      JsonNode node, SdkField<?> field, Names names, boolean strict, String path) {
    SdkField<?> value = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
    if (!node.isObject()) {
      throw mismatch(path, "a map");
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      map.put(entry.getKey(), read(entry.getValue(), value, names, strict, path));
    }
    return map;
  }

  /** Reads a scalar of a tree as the model's type; text is accepted for numbers and booleans. */
  static Object scalar(JsonNode node, MarshallingType<?> type, String path) {
    if (type != MarshallingType.STRING && node.isTextual()) {
      bounded(node, type, path);
    }
    try {
      if (type == MarshallingType.STRING) {
        return node.isTextual()
            ? node.textValue()
            : node.isValueNode() ? node.asText() : node.toString();
      } else if (type == MarshallingType.INTEGER) {
        return new BigDecimal(node.asText()).intValueExact();
      } else if (type == MarshallingType.LONG) {
        return new BigDecimal(node.asText()).longValueExact();
      } else if (type == MarshallingType.SHORT) {
        return new BigDecimal(node.asText()).shortValueExact();
      } else if (type == MarshallingType.BYTE) {
        return new BigDecimal(node.asText()).byteValueExact();
      } else if (type == MarshallingType.BIG_DECIMAL) {
        return new BigDecimal(node.asText());
      } else if (type == MarshallingType.DOUBLE) {
        return Double.valueOf(node.asText());
      } else if (type == MarshallingType.FLOAT) {
        return Float.valueOf(node.asText());
      } else if (type == MarshallingType.BOOLEAN) {
        return bool(node, path);
      } else if (type == MarshallingType.SDK_BYTES) {
        return SdkBytes.fromByteArray(node.binaryValue());
      } else if (type == MarshallingType.INSTANT) {
        return instant(node);
      } else if (type == MarshallingType.DOCUMENT) {
        return document(node);
      }
    } catch (NumberFormatException | ArithmeticException | DateTimeParseException | IOException e) {
      throw mismatch(path, "a value of type " + type);
    }
    throw new IllegalStateException("no reader for " + type);
  }

  /** A number is read in the square of its length. */
  private static void bounded(JsonNode node, MarshallingType<?> type, String path) {
    if (type != MarshallingType.SDK_BYTES && node.textValue().length() > MOST_DIGITS) {
      throw mismatch(path, "a value of type " + type);
    }
  }

  private static boolean bool(JsonNode node, String path) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return switch (node.asText().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mismatch(path, "true or false");
    };
  }

  /** Seconds since the epoch with a fraction, ISO 8601 with any offset, or RFC 822. */
  private static Instant instant(JsonNode node) {
    if (!node.isNumber()) {
      String text = node.asText();
      if (!text.isEmpty() && Character.isLetter(text.charAt(0))) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      }
      if (text.indexOf('T') > 0) {
        return DateTimeFormatter.ISO_DATE_TIME.parse(
            text.matches(".*([Zz]|[+-]\\d\\d:?\\d\\d)") ? text : text + "Z", Instant::from);
      }
      return ofSeconds(new BigDecimal(text));
    }
    return ofSeconds(node.decimalValue());
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    // The digits of 1E1000000000 would be written out.
    if (seconds.abs().compareTo(MOST_SECONDS) > 0 || seconds.scale() > MOST_DIGITS) {
      throw new ArithmeticException("not a time");
    }
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  /** A timestamp as text in one of the formats that models ask for. */
  static String format(Instant instant, TimestampFormatTrait.Format format) {
    return switch (format) {
      case ISO_8601 -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
      case RFC_822 -> HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
      case UNIX_TIMESTAMP -> BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
    };
  }

  private static Document document(JsonNode node) {
    if (node.isObject()) {
      Map<String, Document> map = new LinkedHashMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), document(e.getValue())));
      return Document.fromMap(map);
    }
    if (node.isArray()) {
      List<Document> list = new ArrayList<>();
      node.forEach(each -> list.add(document(each)));
      return Document.fromList(list);
    }
    if (node.isBoolean()) {
      return Document.fromBoolean(node.booleanValue());
    }
    if (node.isNumber()) {
      return Document.fromNumber(node.decimalValue());
    }
    return node.isNull() ? Document.fromNull() : Document.fromString(node.asText());
  }

  static AwsError mismatch(String path, String wanted) {
    String where = path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    return AwsError.badRequest("SerializationException", where + " must be " + wanted);
  }

  /** How timestamps stand in a tree. */
  enum Times {
    /** As numbers of seconds, or in the text format that the model asks for: JSON. */
    JSON,
    /** As {@link Instant} objects, whose writer knows how: CBOR. */
    TYPED
  }

  /** The payload members of a model object as a tree; members that are not set are left out. */
  public static ObjectNode tree(SdkPojo pojo) {
    return tree(pojo, Times.JSON);
  }

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
    return value instanceof software.amazon.awssdk.core.util.SdkAutoConstructList
        || value instanceof software.amazon.awssdk.core.util.SdkAutoConstructMap;
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
      return nodes.textNode(format(instant, trait.format()));
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
