package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Between the properties of CloudFormation resources and the SDK's model classes, driven by the
 * fields that the SDK declares ({@link SdkPojo#sdkFields()}).
 */
public final class Pojos {
  private Pojos() {}

  /**
   * Fills a request from a CloudFormation resource's properties, whose member names are the API's
   * but for case: CloudFormation writes {@code Cpu} where ECS's API has {@code cpu}.
   *
   * @throws AwsError ValidationError that names the first property that the API does not have;
   *     NotImplemented for one that the action does not honour
   */
  @SuppressWarnings("unchecked") // the builder's build() returns the model class it belongs to
  public static <T> T bind(ObjectNode properties, SdkPojo builder) {
    fill(properties, builder, "");
    SdkPojo built = (SdkPojo) ((Buildable) builder).build();
    if (built instanceof AwsRequest) {
      HonouredMembers.of(built).require(built);
    }
    return (T) built;
  }

  /** The payload members of a model object as a tree; members that are not set are left out. */
  public static ObjectNode tree(SdkPojo pojo) {
    return PojoWriter.tree(pojo, PojoWriter.Times.JSON);
  }

  private static void fill(JsonNode tree, SdkPojo builder, String path) {
    Map<String, SdkField<?>> fields = fields(builder);
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      SdkField<?> field = fields.get(member.getKey().toLowerCase(Locale.ROOT));
      if (field == null) {
        throw AwsError.badRequest(
            "ValidationError", "Unsupported property " + path + member.getKey());
      }
      if (!member.getValue().isNull()) {
        field.set(builder, read(member.getValue(), field, path + member.getKey() + "."));
      }
    }
  }

  /** By the names on the wire and, where they are others, by the model's own. */
  private static Map<String, SdkField<?>> fields(SdkPojo builder) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    for (SdkField<?> field : builder.sdkFields()) {
      fields.put(field.locationName().toLowerCase(Locale.ROOT), field);
      fields.putIfAbsent(field.memberName().toLowerCase(Locale.ROOT), field);
    }
    return fields;
  }

  private static @Nullable Object read(JsonNode node, SdkField<?> field, String path) {
    MarshallingType<?> type = field.marshallingType();
    if (node.isNull()) {
      return null;
    }
    if (type == MarshallingType.SDK_POJO) {
      if (!node.isObject()) {
        throw Scalars.mismatch(path, "an object");
      }
      SdkPojo nested = field.constructor().get();
      fill(node, nested, path);
      return ((Buildable) nested).build();
    }
    if (type == MarshallingType.LIST) {
      return readList(node, field, path);
    }
    if (type == MarshallingType.MAP) {
      return readMap(node, field, path);
    }
    return Scalars.read(node, type, path);
  }

  private static List<Object> readList(JsonNode node, SdkField<?> field, String path) {
    SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
    if (!node.isArray()) {
      throw Scalars.mismatch(path, "a list");
    }
    List<Object> list = new ArrayList<>();
    for (JsonNode each : node) {
      list.add(read(each, member, path));
    }
    return list;
  }

  private static Map<String, Object> readMap(JsonNode node, SdkField<?> field, String path) {
    SdkField<?> value = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
    if (!node.isObject()) {
      throw Scalars.mismatch(path, "a map");
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      map.put(entry.getKey(), read(entry.getValue(), value, path));
    }
    return map;
  }
}
