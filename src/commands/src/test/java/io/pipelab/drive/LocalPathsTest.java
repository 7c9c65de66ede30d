package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathsTest {
  private final LocalPaths paths = new LocalPaths(Path.of("index.html"));

  @Test
  void usualKeysStayAsTheyAre() {
    assertEquals(Path.of("ingest/trip/red flower.jpg"), paths.of("ingest/trip/red flower.jpg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "..",
        ".",
        "/",
        "",
        "a/./b",
        "..\\..\\x",
        "C:\\x",
        "a\u0000b",
        "//a",
        "a/..",
        "x/\r\n/y"
      })
  void noKeyLeadsOutOfTheFolder(String key) {
    Path path = paths.of(key);

    assertFalse(path.isAbsolute());
    assertEquals(path, path.normalize(), "it goes nowhere up");
    Path folder = Path.of("/folder");
    assertTrue(folder.resolve(path).normalize().startsWith(folder));
    assertTrue(path.getNameCount() >= 1 && !path.toString().isEmpty());
  }

  @Test
  void noTwoKeysGetOnePath() {
    List<String> keys =
        List.of("index.html", "a", "a/b", "/a", "a//b", "a:b", "a*b", "x/y", "x", "_", "_/a");
    Set<Path> seen = new HashSet<>(Set.of(Path.of("index.html")));
    for (String key : keys) {
      Path path = paths.of(key);
      assertTrue(seen.add(path), key + " is " + path);
    }
    for (Path path : seen) {
      assertTrue(
          seen.stream().noneMatch(other -> !other.equals(path) && other.startsWith(path)),
          path + " is a file and a folder");
    }
  }

  @Test
  void longNamesAreCut() {
    assertEquals(60, paths.of("x".repeat(900) + ".jpg").toString().length());
  }
}
