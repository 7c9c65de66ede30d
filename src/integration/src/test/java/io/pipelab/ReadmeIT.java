package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Types what the README tells to type, in its order: every command ends with 0. */
class ReadmeIT {
  private static final String SECTION = "## Step by step";
  private static final String COMMAND = "    bin/pipelab ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Duration LONG = Duration.ofMinutes(15);

  @TempDir static Path xdg;
  private static Launched launched;

  @BeforeAll
  static void startCloud() throws Exception {
    launched = new Launched(xdg);
    assertEquals(0, launched.run("local", "start", "--port", "0").exitCode());
  }

  @AfterAll
  static void stopCloud() throws Exception {
    launched.run("local", "stop");
  }

  @TestFactory
  Stream<DynamicTest> everySequenceWorks() throws IOException {
    List<List<String>> sequences = sequences();
    assertTrue(sequences.size() >= 3, sequences::toString);
    return sequences.stream()
        .map(sequence -> DynamicTest.dynamicTest(sequence.get(0), () -> type(sequence)));
  }

  private static void type(List<String> sequence) throws Exception {
    for (String command : sequence) {
      Launched.Ended ended = launched.startIn(xdg, words(command)).end(LONG);
      assertEquals(0, ended.exitCode(), command + ": " + ended.told());
      assertFalse(ended.out().contains("FAIL"), command + ": " + ended.told());
    }
  }

  /** The commands of each block of the section, without what starts pipelab. */
  static List<List<String>> sequences() throws IOException {
    List<List<String>> sequences = new ArrayList<>();
    List<String> block = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("").toAbsolutePath().resolve("README.md"))) {
      inside = line.startsWith("## ") ? line.equals(SECTION) : inside;
      if (inside && line.startsWith(COMMAND)) {
        block.add(line.substring(COMMAND.length()).replaceFirst("\\s+#.*", ""));
      } else if (!block.isEmpty()) {
        sequences.add(List.copyOf(block));
        block.clear();
      }
    }
    return sequences;
  }

  private static String[] words(String command) {
    Matcher word = WORD.matcher(command);
    List<String> words = new ArrayList<>();
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.toArray(String[]::new);
  }
}
