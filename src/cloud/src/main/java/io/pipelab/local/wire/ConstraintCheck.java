package io.pipelab.local.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Compares a request, or a structure in it, with its model's constraints. */
record ConstraintCheck(List<Look> looks) {
  /** As deep as the models' constraints are followed. */
  private static final int DEEPEST = 6;

  /**
   * A member with constraints.
   *
   * @param own its own
   * @param items those of a list's items or a map's values that are scalars
   * @param keys those of a map's keys
   * @param below those of the structures that it is or holds
   */
  private record Look(
      SdkField<?> field,
      String name,
      @Nullable Constraint own,
      @Nullable Constraint items,
      @Nullable Constraint keys,
      @Nullable ConstraintCheck below) {
    boolean isEmpty() {
      return own == null && items == null && keys == null && below == null;
    }
  }

  /** The check of a structure, whose members' constraints are known by their paths. */
  static ConstraintCheck of(SdkPojo structure, Map<String, Constraint> byPath) {
    return of(structure, byPath, "", 0);
  }

  private static ConstraintCheck of(
      SdkPojo structure, Map<String, Constraint> byPath, String prefix, int depth) {
    List<Look> looks = new ArrayList<>();
    for (SdkField<?> field : structure.sdkFields()) {
      String name = modelName(field, byPath, prefix);
      String path = prefix + name;
      String within = isMany(field) ? path + "[]" : path;
      SdkField<?> item = item(field);
      boolean structured = item.marshallingType() == MarshallingType.SDK_POJO;
      boolean followed =
          structured && byPath.keySet().stream().anyMatch(each -> each.startsWith(within + "."));
      ConstraintCheck below =
          followed && depth < DEEPEST
              ? of(item.constructor().get(), byPath, within + ".", depth + 1)
              : null;
      Look look =
          new Look(
              field,
              shown(name),
              byPath.get(path),
              structured || within.equals(path) ? null : byPath.get(within),
              byPath.get(path + "{}"),
              below == null || below.looks.isEmpty() ? null : below);
      if (!look.isEmpty()) {
        looks.add(look);
      }
    }
    return new ConstraintCheck(List.copyOf(looks));
  }

  /** The SDK calls a few members otherwise than the model, and than the wire. */
  private static String modelName(
      SdkField<?> field, Map<String, Constraint> byPath, String prefix) {
    String path = prefix + field.memberName();
    boolean same = byPath.keySet().stream().anyMatch(each -> each.startsWith(path));
    return same ? field.memberName() : field.locationName();
  }

  private static boolean isMany(SdkField<?> field) {
    return field.marshallingType() == MarshallingType.LIST
        || field.marshallingType() == MarshallingType.MAP;
  }

  /** The field itself, or what its list or map holds. */
  private static SdkField<?> item(SdkField<?> field) {
    if (field.marshallingType() == MarshallingType.LIST) {
      return field.getRequiredTrait(ListTrait.class).memberFieldInfo();
    }
    return field.marshallingType() == MarshallingType.MAP
        ? field.getRequiredTrait(MapTrait.class).valueFieldInfo()
        : field;
  }

  /** AWS's messages begin members' names in lower case, whatever the API does. */
  static String shown(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** Adds a sentence for each constraint that the structure breaks. */
  void collect(SdkPojo structure, String prefix, List<String> broken) {
    for (Look look : looks) {
      Object value = look.field.getValueOrDefault(structure);
      if (value != null && !PojoWriter.isAutoConstruct(value)) {
        member(look, value, prefix + look.name, broken);
      }
    }
  }

  private static void member(Look look, Object value, String path, List<String> broken) {
    if (look.own != null) {
      for (String words : look.own.broken(value)) {
        broken.add(sentence(look.own, value, path, words));
      }
    }
    if (value instanceof Map<?, ?> map) {
      scalars(look.keys, map.keySet(), value, path, "Map keys", broken);
      scalars(look.items, map.values(), value, path, "Map value", broken);
      map.forEach((key, each) -> structure(look, each, path + "." + key + ".member", broken));
    } else if (value instanceof Collection<?> list) {
      scalars(look.items, list, value, path, "Member", broken);
      int index = 0;
      for (Object each : list) {
        index++;
        structure(look, each, path + "." + index + ".member", broken);
      }
    } else {
      structure(look, value, path, broken);
    }
  }

  private static void structure(
      Look look, @Nullable Object value, String path, List<String> broken) {
    if (look.below != null && value instanceof SdkPojo pojo) {
      look.below.collect(pojo, path + ".", broken);
    }
  }

  private static void scalars(
      @Nullable Constraint each,
      Collection<?> values,
      Object whole,
      String path,
      String who,
      List<String> broken) {
    if (each != null
        && values.stream().anyMatch(value -> value != null && !each.broken(value).isEmpty())) {
      String words = who + " must satisfy constraint: " + each.demands();
      broken.add(sentence(each, whole, path, words));
    }
  }

  private static String sentence(Constraint of, Object value, String path, String words) {
    String what = of.sensitive() ? "Value at '" : "Value '" + value + "' at '";
    return what + path + "' failed to satisfy constraint: " + words;
  }
}
