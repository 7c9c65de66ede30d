package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/DEVIATIONS.md has one line a difference, and the tests that it names exist: a line ends with
 * {@code `SomeTest`}, {@code `SomeTest#method`}, several of them with commas between, or {@code no
 * test}.
 */
class DeviationsTest {
  private static final Path PAGE = Path.of("docs/DEVIATIONS.md");
  private static final String NAME = "`\\w+(?:Test|IT)(?:#\\w+)?`";
  private static final Pattern LINE =
      Pattern.compile("- (?<what>\\S.*[.:]) (?<tests>no test|" + NAME + "(?:, " + NAME + ")*)");

  @Test
  void everyLineNamesATestThatExists() throws IOException {
    Map<String, String> tests = sources();
    List<String> wrong = new ArrayList<>();
    for (String line : lines()) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        wrong.add("not '- What differs. `SomeTest#method`', or 'no test' at its end: " + line);
      } else if (!parts.group("tests").equals("no test")) {
        for (String test : parts.group("tests").replace("`", "").split(", ")) {
          if (!exists(test, tests)) {
            wrong.add("there is no " + test + ": " + line);
          }
        }
      }
    }
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
  }

  @Test
  void everyServiceHasALineAndEachLineStandsOnce() throws IOException {
    String page = Files.readString(PAGE);
    List<String> lines = lines();
    assertEquals(lines.stream().distinct().toList(), lines);
    Stream.of(page.split("\n## ")).skip(1).forEach(each -> assertTrue(each.contains("\n- "), each));
  }

  private static List<String> lines() throws IOException {
    return Files.readString(PAGE)
        .replaceAll("\n +", " ") // a long one goes on in the next line
        .lines()
        .filter(line -> line.startsWith("- "))
        .toList();
  }

  private static boolean exists(String test, Map<String, String> sources) {
    List<String> parts = List.of(test.split("#"));
    String source = sources.get(parts.get(0));
    return source != null && (parts.size() == 1 || source.contains(" " + parts.get(1) + "("));
  }

  /** Test classes' sources by their names. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (file.toString().contains("src/test/java")) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
