package io.pipelab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The shell in which a test types: the machine's, without what would choose another target. */
final class Shell {
  /**
   * Shared by all tests of a build: it holds image layers and what programs start faster with,
   * which each test would make again otherwise.
   */
  private static final Path CACHE = Path.of("src/integration/target/cache").toAbsolutePath();

  private Shell() {}

  /**
   * Its variables.
   *
   * @param xdg the folder of a test, below which its state and its configuration are
   */
  static Map<String, String> in(Path xdg) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("PIPELAB_"));
    environment.put("XDG_STATE_HOME", xdg.resolve("state").toString());
    environment.put("XDG_CACHE_HOME", CACHE.toString());
    // No other cloud could use it: it is valid for one state folder.
    environment.put("PIPELAB_CLOUD_ARCHIVE", "off");
    environment.put("XDG_CONFIG_HOME", xdg.resolve("config").toString());
    return environment;
  }
}
