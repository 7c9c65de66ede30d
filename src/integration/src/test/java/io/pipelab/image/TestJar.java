package io.pipelab.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar with the test's program. */
final class TestJar {
  private TestJar() {}

  static Path write(Path jar) throws IOException {
    JarEntry entry = new JarEntry(Greeter.class.getName().replace('.', '/') + ".class");
    entry.setTime(0);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in =
            Objects.requireNonNull(Greeter.class.getResourceAsStream("Greeter.class"))) {
      out.putNextEntry(entry);
      in.transferTo(out);
    }
    return jar;
  }
}
