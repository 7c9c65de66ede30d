package io.pipelab.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell's variables, and which of them {@code pipelab env} has given it. Their names and the
 * values that they replaced are kept in variables, too, so that the shell alone knows all that
 * taking them back needs.
 */
final class ShellEnvironment {
  private static final String NAMES = "PIPELAB_ENV";
  private static final String SAVED = "PIPELAB_SAVED_";

  private final Map<String, String> environment;

  ShellEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether the user himself has a variable of that name. */
  boolean hasOwn(String name) {
    return original(name) != null;
  }

  /**
   * The changes that give the shell these variables, and take back others that it was given before.
   *
   * @param variables null for what shall not be set
   * @return null for what is to be unset
   */
  Map<String, @Nullable String> with(Map<String, @Nullable String> variables) {
    Map<String, @Nullable String> changes = new LinkedHashMap<>(takenBack());
    variables.forEach(
        (name, value) -> {
          String own = original(name);
          if (own != null) {
            changes.put(SAVED + name, own);
          }
          changes.put(name, value);
        });
    changes.put(NAMES, String.join(" ", variables.keySet()));
    return changes;
  }

  /** The changes that leave the shell as it was before. */
  Map<String, @Nullable String> takenBack() {
    Map<String, @Nullable String> changes = new LinkedHashMap<>();
    for (String name : given()) {
      changes.put(name, original(name));
      if (environment.containsKey(SAVED + name)) {
        changes.put(SAVED + name, null);
      }
    }
    if (environment.containsKey(NAMES)) {
      changes.put(NAMES, null);
    }
    return changes;
  }

  private @Nullable String original(String name) {
    return environment.get(given().contains(name) ? SAVED + name : name);
  }

  private Set<String> given() {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(environment.getOrDefault(NAMES, "").split(" "))
        .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))
        .forEach(names::add);
    return names;
  }
}
