package io.pipelab.lab;

import io.pipelab.lab.ManifestError.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The settings that a check type or a drive action takes.
 *
 * @param required whether each must be given, by name; {@code attribute.*} stands for every name
 *     that begins so
 */
public record SettingNames(Map<String, Boolean> required) {
  /** None yet. */
  public static final SettingNames NONE = new SettingNames(Map.of());

  /** These, and some that must be given. */
  public SettingNames needs(String... names) {
    return plus(true, names);
  }

  /** These, and some that may be given. */
  public SettingNames takes(String... names) {
    return plus(false, names);
  }

  private SettingNames plus(boolean must, String... names) {
    Map<String, Boolean> all = new LinkedHashMap<>(required);
    for (String name : names) {
      all.put(name, must);
    }
    return new SettingNames(all);
  }

  /**
   * What is wrong with the names in a {@code with}.
   *
   * @param owner what it belongs to, for the key: {@code steps.queue.queue-depth}
   * @param kind what takes the settings: {@code check type queue-depth}
   * @param lineOf where each stands; the owner's own line for one that is not there
   */
  public List<Mistake> mistakesIn(
      Path manifest, String owner, String kind, Set<String> given, ToIntFunction<String> lineOf) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : given) {
      if (!knows(name)) {
        String hint = NearestName.hint(name, required.keySet());
        mistakes.add(
            new Mistake(
                new Place(manifest, lineOf.applyAsInt(name), 0),
                owner + "." + name,
                "unknown key: " + kind + " has no such setting" + hint));
      }
    }
    required.forEach(
        (name, must) -> {
          if (must && !given.contains(name)) {
            mistakes.add(
                new Mistake(
                    new Place(manifest, lineOf.applyAsInt(name), 0),
                    owner + "." + name,
                    "is missing: " + kind + " needs this setting",
                    true));
          }
        });
    return mistakes;
  }

  private boolean knows(String name) {
    return required.containsKey(name)
        || required.keySet().stream()
            .filter(known -> known.endsWith("*"))
            .anyMatch(known -> name.startsWith(known.substring(0, known.length() - 1)));
  }
}
