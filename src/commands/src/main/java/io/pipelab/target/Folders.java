package io.pipelab.target;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's folders, by the XDG base directory rules: a variable that holds no absolute path is
 * ignored.
 */
public record Folders(Path state, Path cache, Path config) {

  /** The folders that an environment asks for, each {@code .../pipelab}. */
  public static Folders of(Map<String, String> environment) {
    String home = environment.get("HOME");
    Path base = Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    return new Folders(
        folder(environment.get("XDG_STATE_HOME"), base.resolve(".local/state")),
        folder(environment.get("XDG_CACHE_HOME"), base.resolve(".cache")),
        folder(environment.get("XDG_CONFIG_HOME"), base.resolve(".config")));
  }

  /** Where the embedded cloud keeps its state file, its log and its data. */
  public Path localCloud() {
    return state.resolve("local");
  }

  private static Path folder(@Nullable String value, Path otherwise) {
    boolean usable = value != null && !value.isEmpty() && Path.of(value).isAbsolute();
    return (usable ? Path.of(value) : otherwise).resolve("pipelab");
  }
}
