package io.pipelab.lab;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.DriveSpec;
import io.pipelab.lab.ManifestError.Mistake;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What a manifest says in one {@code with}: a check's settings, a drive action's. A value of the
 * wrong kind is reported with its line in the manifest.
 */
public final class Settings {
  private final Path manifest;
  private final String owner;
  private final ToIntFunction<String> lineOf;
  private final Map<String, Object> values;

  private Settings(
      Path manifest, String owner, ToIntFunction<String> lineOf, Map<String, Object> values) {
    this.manifest = manifest;
    this.owner = owner;
    this.lineOf = lineOf;
    this.values = values;
  }

  /**
   * The settings of one check.
   *
   * @param values the check's settings, references resolved
   */
  public static Settings of(Path manifest, CheckSpec check, Map<String, Object> values) {
    return new Settings(manifest, check.id(), check::lineOf, values);
  }

  /** The settings of one drive action, references as they stand. */
  public static Settings of(Path manifest, DriveSpec drive) {
    return new Settings(manifest, drive.action(), drive::lineOf, Map.copyOf(drive.with()));
  }

  /** That something is wrong with all of it together. */
  public ManifestError wrong(String message) {
    Place place = new Place(manifest, lineOf.applyAsInt(""), 0);
    return new ManifestError(List.of(new Mistake(place, owner, message)));
  }

  /** The names of the settings that were given. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Whether a setting was given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A text or a number, as text. */
  public String text(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof List || value instanceof Map) {
      throw mistake(name, "must be a text");
    }
    return value.toString();
  }

  /** A text, or another when it is missing. */
  public String textOr(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /** A whole number. */
  public long number(String name) {
    String text = text(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw mistake(name, "must be a whole number, not \"" + text + "\"");
    }
  }

  /** A whole number, if it was given. */
  public OptionalLong numberIfAny(String name) {
    return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
  }

  /** A number. */
  public double decimal(String name) {
    String text = text(name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw mistake(name, "must be a number, not \"" + text + "\"");
    }
  }

  /** A list of texts; empty when it is missing. */
  public List<String> texts(String name) {
    Object value = values.getOrDefault(name, List.of());
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw mistake(name, "must be a list");
  }

  /** A map of texts; empty when it is missing. */
  public Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    inner(name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  /** A map of anything; empty when it is missing. */
  public Map<String, Object> inner(String name) {
    return plainMap(name, values.getOrDefault(name, Map.of()));
  }

  /** A list of maps; empty when it is missing. */
  public List<Settings> each(String name) {
    Object value = values.getOrDefault(name, List.of());
    if (value instanceof List<?> list) {
      return list.stream()
          .map(item -> new Settings(manifest, owner, lineOf, plainMap(name, item)))
          .toList();
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
    Place place = new Place(manifest, lineOf.applyAsInt(name), 0);
    return new ManifestError(List.of(new Mistake(place, owner + "." + name, message)));
  }
}
