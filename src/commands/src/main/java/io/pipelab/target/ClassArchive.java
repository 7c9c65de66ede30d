package io.pipelab.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The class-data archive of one build of the embedded cloud. The first cloud of a build writes it
 * when it ends; every later one starts with it, in half the time and with half the work.
 *
 * @param prefix what the names of all such archives of a checkout begin with; empty for none at all
 * @param build tells one build from another
 */
record ClassArchive(String prefix, String build) {
  /** The JVM's flags that use the archive, or have it written when there is none. */
  List<String> flags() throws IOException {
    if (prefix.isEmpty()) {
      return List.of();
    }
    if (exists()) {
      return List.of("-XX:SharedArchiveFile=" + file());
    }
    PrivateFiles.createFolder(Objects.requireNonNull(file().toAbsolutePath().getParent()));
    return List.of("-XX:ArchiveClassesAtExit=" + draft());
  }

  /** The flags of a cloud that cannot be kept waiting when it ends. */
  List<String> readingFlags() {
    return exists() ? List.of("-XX:SharedArchiveFile=" + file()) : List.of();
  }

  /** Whether a cloud that ends now writes one. */
  boolean isMissing() {
    return !prefix.isEmpty() && !exists();
  }

  /** Takes what a cloud has written that came to its own end, and forgets those of other builds. */
  void keep() throws IOException {
    if (prefix.isEmpty() || !Files.exists(draft())) {
      return;
    }
    Files.move(draft(), file(), StandardCopyOption.REPLACE_EXISTING);
    String own = String.valueOf(file().getFileName());
    String beginning = String.valueOf(Path.of(prefix).getFileName());
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(beginning) && !name.equals(own)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Removes what a cloud has left that was ended while it wrote. */
  void discard() throws IOException {
    if (!prefix.isEmpty()) {
      Files.deleteIfExists(draft());
    }
  }

  private boolean exists() {
    return !prefix.isEmpty() && Files.isReadable(file());
  }

  private Path folder() {
    return Objects.requireNonNull(file().toAbsolutePath().getParent());
  }

  private Path file() {
    return Path.of(prefix + "-" + build + ".jsa");
  }

  private Path draft() {
    return Path.of(prefix + "-" + build + ".jsa.draft");
  }
}
