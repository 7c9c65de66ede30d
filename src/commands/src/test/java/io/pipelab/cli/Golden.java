package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what is printed with the file of that name in {@code
 * src/commands/src/test/resources/golden}. Run the tests with {@code -Dgolden.update=true} to write
 * the files anew, and read the difference.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src/commands/src/test/resources/golden");

  private Golden() {}

  static void assertMatches(String name, String actual) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual, StandardCharsets.UTF_8);
        return;
      }
      String expected = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
      assertEquals(expected, actual, file + " says otherwise; -Dgolden.update=true writes it anew");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + file, e);
    }
  }
}
