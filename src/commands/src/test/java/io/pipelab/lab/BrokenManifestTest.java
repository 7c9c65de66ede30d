package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads about a broken manifest: one golden file a case. */
class BrokenManifestTest {
  private static final Path CASES = Path.of("src/commands/src/test/resources/manifests");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyMistakeIsToldWithItsPlace(String name) throws IOException {
    Path folder = CASES.resolve(name).toAbsolutePath();

    ManifestError error = assertThrows(ManifestError.class, () -> LabManifest.read(folder));

    String told =
        error.mistakes().stream()
            .map(mistake -> mistake.toString().replace(folder + "/", "") + "\n")
            .collect(Collectors.joining());
    assertEquals(Files.readString(folder.resolve("expected.txt")), told);
  }
}
