package io.pipelab.workflow.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** A copy of a jar that says in {@code META-INF/pipelab-deployment} which deployment it is. */
final class StampedJar implements AutoCloseable {
  private static final String NOTE = "META-INF/pipelab-deployment";

  private final Path file;

  private StampedJar(Path file) {
    this.file = file;
  }

  static StampedJar of(Path jar, String deployment) {
    try {
      Path copy = Files.createTempFile("pipelab-", ".jar");
      Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem zip = FileSystems.newFileSystem(copy, Map.of())) {
        Path note = zip.getPath(NOTE);
        Files.writeString(note, deployment, StandardCharsets.UTF_8);
        // One deployment is one file, for however many functions it is made.
        Files.setLastModifiedTime(note, FileTime.fromMillis(0));
      }
      return new StampedJar(copy);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + jar, e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
