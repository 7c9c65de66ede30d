package io.pipelab.local.wire;

import io.pipelab.local.declared.RequestMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The members of a request of the SDK's model, by the names that AWS gives them. */
public record PojoMembers(SdkPojo request) implements RequestMembers {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  @Override
  public List<String> values(String path) {
    List<String> values = new ArrayList<>();
    for (Object each : at(path)) {
      if (!(each instanceof SdkPojo)) {
        values.add(each.toString());
      }
    }
    return values;
  }

  @Override
  public List<String> keys(String path) {
    int cut = path.lastIndexOf('.');
    List<String> keys = new ArrayList<>();
    for (Object within : cut < 0 ? List.of(request) : at(path.substring(0, cut))) {
      Object value = within instanceof SdkPojo pojo ? member(pojo, path.substring(cut + 1)) : null;
      if (value instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> keys.add(key.toString()));
      }
    }
    return keys;
  }

  @Override
  public boolean has(String path) {
    return !at(path).isEmpty();
  }

  /** What is at a path, with lists and maps unfolded. */
  private List<Object> at(String path) {
    List<Object> here = List.of(request);
    for (String name : path.split("\\.")) {
      List<Object> below = new ArrayList<>();
      for (Object within : here) {
        if (within instanceof SdkPojo pojo) {
          unfold(member(pojo, name), below);
        }
      }
      here = below;
    }
    return here;
  }

  private static void unfold(@Nullable Object value, List<Object> into) {
    if (value instanceof Collection<?> list) {
      list.forEach(each -> unfold(each, into));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> unfold(each, into));
    } else if (value != null) {
      into.add(value);
    }
  }

  private static @Nullable Object member(SdkPojo pojo, String name) {
    SdkField<?> field = FIELDS.computeIfAbsent(pojo.getClass(), type -> fields(pojo)).get(name);
    return field == null ? null : field.getValueOrDefault(pojo);
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    pojo.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    return fields;
  }
}
