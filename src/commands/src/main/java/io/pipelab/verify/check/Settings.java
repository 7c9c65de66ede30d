package io.pipelab.verify.check;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A check's settings with all references resolved. A value of the wrong kind is reported with its
 * line in the manifest.
 */
public final class Settings {
  private final Path manifest;
  private final CheckSpec spec;
  private final Map<String, Object> values;

  /**
   * The settings of one check.
   *
   * @param values the check's settings, references resolved
   */
  public Settings(Path manifest, CheckSpec spec, Map<String, Object> values) {
    this.manifest = manifest;
    this.spec = spec;
    this.values = values;
  }

  Set<String> names() {
    return values.keySet();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof List || value instanceof Map) {
      throw mistake(name, "must be a text");
    }
    return value.toString();
  }

  String textOr(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  long number(String name) {
    String text = text(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw mistake(name, "must be a whole number, not \"" + text + "\"");
    }
  }

  OptionalLong numberIfAny(String name) {
    return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
  }

  double decimal(String name) {
    String text = text(name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw mistake(name, "must be a number, not \"" + text + "\"");
    }
  }

  /** A list of texts; empty when it is missing. */
  List<String> texts(String name) {
    Object value = values.getOrDefault(name, List.of());
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw mistake(name, "must be a list");
  }

  /** A map of texts; empty when it is missing. */
  Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    inner(name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  /** A map of anything; empty when it is missing. */
  Map<String, Object> inner(String name) {
    return plainMap(name, values.getOrDefault(name, Map.of()));
  }

  /** A list of maps; empty when it is missing. */
  List<Settings> each(String name) {
    Object value = values.getOrDefault(name, List.of());
    if (value instanceof List<?> list) {
      return list.stream().map(item -> new Settings(manifest, spec, plainMap(name, item))).toList();
    }
    throw mistake(name, "must be a list");
  }

  private Map<String, Object> plainMap(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw mistake(name, "must be a map");
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((key, item) -> plain.put(String.valueOf(key), item));
    return plain;
  }

  private ManifestError mistake(String name, String message) {
    Place place = new Place(manifest, spec.lineOf(name), 0);
    return new ManifestError(List.of(new Mistake(place, spec.id() + "." + name, message)));
  }
}
