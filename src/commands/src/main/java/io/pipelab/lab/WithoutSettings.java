package io.pipelab.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A check's settings without some of them; one in a map is named {@code environment.NAME}. */
public final class WithoutSettings {
  private WithoutSettings() {}

  /** What is left of the settings. */
  public static Map<String, Object> of(Map<String, Object> settings, List<String> names) {
    Map<String, Object> left = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> {
          if (!names.contains(key)) {
            left.put(key, value instanceof Map<?, ?> map ? without(key, map, names) : value);
          }
        });
    return left;
  }

  private static Map<String, Object> without(String key, Map<?, ?> map, List<String> names) {
    Map<String, Object> left = new LinkedHashMap<>();
    map.forEach(
        (inner, value) -> {
          if (!names.contains(key + "." + inner)) {
            left.put(String.valueOf(inner), value);
          }
        });
    return left;
  }

  /** Whether there is a setting of that name. */
  static boolean has(Map<String, Object> settings, String name) {
    if (settings.containsKey(name)) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0
        && settings.get(name.substring(0, dot)) instanceof Map<?, ?> map
        && map.containsKey(name.substring(dot + 1));
  }
}
