package io.pipelab.local.declared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tags of a request, which is a map in some services and a list of structures in others. */
final class TagMembers {
  /** What services call the key and the value of a tag. */
  private static final Map<String, String> NAMES =
      Map.of("Key", "Value", "key", "value", "TagKey", "TagValue");

  private TagMembers() {}

  static Map<String, String> of(RequestMembers members, String path) {
    Map<String, String> tags = new LinkedHashMap<>();
    pair(tags, members.keys(path), members.values(path));
    NAMES.forEach(
        (key, value) ->
            pair(tags, members.values(path + "." + key), members.values(path + "." + value)));
    return tags;
  }

  /** A tag without a value, which services refuse, shifts those behind it: they are left out. */
  private static void pair(Map<String, String> tags, List<String> keys, List<String> values) {
    for (int i = 0; i < keys.size() && i < values.size(); i++) {
      tags.put(keys.get(i), values.get(i));
    }
  }
}
