package io.pipelab.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars with the tests' programs. */
final class TestJar {
  private TestJar() {}

  /** A jar with one class. */
  static Path write(Path jar, Class<?> program) throws IOException {
    JarEntry entry = new JarEntry(program.getName().replace('.', '/') + ".class");
    entry.setTime(0);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in =
            Objects.requireNonNull(
                program.getResourceAsStream(program.getSimpleName() + ".class"))) {
      out.putNextEntry(entry);
      in.transferTo(out);
    }
    return jar;
  }
}
