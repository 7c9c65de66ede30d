package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Single values of a request as the types that the SDK's models give them. */
final class Scalars {
  private static final int MOST_DIGITS = 400;

  private Scalars() {}

  /** Reads a scalar of a tree as the model's type; text is accepted for numbers and booleans. */
  static Object read(JsonNode node, MarshallingType<?> type, String path) {
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
        return Timestamps.read(node);
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
}
