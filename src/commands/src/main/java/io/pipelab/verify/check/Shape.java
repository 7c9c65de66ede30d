package io.pipelab.verify.check;

import io.pipelab.lab.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Holds the settings that a resource should have against those that it has. */
public final class Shape {
  private final Map<String, String> expected = new LinkedHashMap<>();
  private final Map<String, String> seen;

  /**
   * Compares every setting but the resource's own name; {@code environment} is compared variable by
   * variable, and variables that the settings do not name are left alone.
   *
   * @param seen what the resource has, by the settings' names; null where it has nothing
   */
  public Shape(Settings settings, Map<String, String> seen) {
    this.seen = seen;
    Set<String> names =
        Set.of("taskDefinition", "container", "function", "alarm", "environment", "hidden");
    settings.names().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> expected.put(name, settings.text(name)));
    settings
        .map("environment")
        .forEach((name, value) -> expected.put("environment." + name, value));
  }

  /** Each setting that differs: {@code "timeout is 3, not 20"}. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (name, value) -> {
          String has = seen.get(name);
          if (!Objects.equals(has, value)) {
            differences.add(name + " is " + (has == null ? "missing" : has) + ", not " + value);
          }
        });
    return differences;
  }

  /** The short settings in words; long ones (ARNs, environments) only when they differ. */
  public String words() {
    List<String> words = new ArrayList<>();
    expected.forEach(
        (name, value) -> {
          if (value.length() <= 40 && !name.startsWith("environment.")) {
            words.add(name + " " + value);
          }
        });
    return String.join(", ", words);
  }
}
