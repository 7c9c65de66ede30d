package io.pipelab.local.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills models from JSON and CBOR while they are parsed: there is never a tree of a request, and
 * bytes in base64 (a function's zip file of 50 MB) never become text. Unknown members are ignored,
 * as AWS does.
 */
record PojoReader(JsonParser in, ObjectMapper scalars, Times times) {
  /** What a number says that is a time. */
  enum Times {
    SECONDS,
    MILLIS
  }

  /** What a request may cost: depth is stack, and each token about a hundred bytes of heap. */
  static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(500).maxTokenCount(1_000_000).build();

  /** The fields of each builder class by their names on the wire. */
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private static Map<String, SdkField<?>> fields(SdkPojo builder) {
    return FIELDS.computeIfAbsent(
        builder.getClass(),
        type -> {
          Map<String, SdkField<?>> fields = new LinkedHashMap<>();
          builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
          return fields;
        });
  }

  /**
   * Reads a document that is an object; an empty one is an empty object.
   *
   * @throws AwsError SerializationException when it is none, or does not fit the model
   * @throws com.fasterxml.jackson.core.JsonProcessingException when it is malformed
   */
  void fill(SdkPojo builder) throws IOException {
    JsonToken first = in.nextToken();
    if (first != null) {
      object(builder, "");
    }
  }

  /** Reads a document that is one member's value. */
  void fillMember(SdkField<?> field, SdkPojo builder) throws IOException {
    if (in.nextToken() != null) {
      set(field, builder, field.locationName() + ".");
    }
  }

  private void object(SdkPojo builder, String path) throws IOException {
    require(JsonToken.START_OBJECT, path, "an object");
    Map<String, SdkField<?>> fields = fields(builder);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      SdkField<?> field = fields.get(name);
      in.nextToken();
      if (field == null) {
        in.skipChildren();
      } else {
        set(field, builder, path + name + ".");
      }
    }
  }

  private void set(SdkField<?> field, SdkPojo builder, String path) throws IOException {
    Object value = value(field, path);
    if (value != null) {
      field.set(builder, value);
    }
  }

  private @Nullable Object value(SdkField<?> field, String path) throws IOException {
    MarshallingType<?> type = field.marshallingType();
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    } else if (type == MarshallingType.SDK_POJO) {
      SdkPojo nested = field.constructor().get();
      object(nested, path);
      return ((Buildable) nested).build();
    } else if (type == MarshallingType.LIST) {
      return list(field.getRequiredTrait(ListTrait.class).memberFieldInfo(), path);
    } else if (type == MarshallingType.MAP) {
      return map(field.getRequiredTrait(MapTrait.class).valueFieldInfo(), path);
    } else if (type == MarshallingType.STRING && in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText();
    } else if (type == MarshallingType.SDK_BYTES && !in.currentToken().isStructStart()) {
      return SdkBytes.fromByteArrayUnsafe(in.getBinaryValue());
    }
    if (type == MarshallingType.INSTANT && times == Times.MILLIS && in.currentToken().isNumeric()) {
      return millis(path);
    }
    JsonNode scalar = scalars.readTree(in);
    return Scalars.read(scalar, type, path);
  }

  private Instant millis(String path) throws IOException {
    try {
      return Instant.ofEpochMilli(in.getLongValue());
    } catch (InputCoercionException e) {
      throw Scalars.mismatch(path, "a time");
    }
  }

  private List<@Nullable Object> list(SdkField<?> member, String path) throws IOException {
    require(JsonToken.START_ARRAY, path, "a list");
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(member, path));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(SdkField<?> member, String path) throws IOException {
    require(JsonToken.START_OBJECT, path, "a map");
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      map.put(key, value(member, path));
    }
    return map;
  }

  private void require(JsonToken token, String path, String wanted) {
    if (in.currentToken() != token) {
      throw path.isEmpty()
          ? AwsError.badRequest("SerializationException", "The body must be " + wanted + ".")
          : Scalars.mismatch(path, wanted);
    }
  }
}
