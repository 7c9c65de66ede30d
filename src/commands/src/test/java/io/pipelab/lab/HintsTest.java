package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The hints of every lab in the repository: sentences for people, commands for a shell. */
class HintsTest {
  /** What a person would have to fill in: PROTOCOL, NAME, {@code ...}, {@code <id>}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\.\\.\\.|<[^>]*>|^[A-Z]{3,}$");

  private static final Set<String> PROGRAMS = Set.of("aws", "pipelab");

  @Test
  void aSentenceHoldsNothingThatAShellWouldRun() {
    for (CheckSpec check : checks()) {
      String sentence = check.hint().sentence();
      assertFalse(sentence.matches("(?s).*[`;&|<>].*|.*\\$\\(.*"), sentence);
      assertFalse(sentence.contains("..."), sentence);
      assertFalse(sentence.isBlank(), check.id());
    }
  }

  @Test
  void aCommandIsComplete() {
    List<String> commands = new ArrayList<>();
    for (CheckSpec check : checks()) {
      ShellCommand command = check.hint().command();
      if (command != null) {
        for (List<String> call : command.calls()) {
          assertTrue(PROGRAMS.contains(call.get(0)), () -> "starts " + call.get(0));
          call.forEach(word -> assertComplete(word, call));
          commands.add(call.get(0));
        }
      }
    }
    assertEquals(PROGRAMS, Set.copyOf(commands));
  }

  private static void assertComplete(String word, List<String> call) {
    boolean state =
        call.contains("--state-value")
            || call.contains("--attribute-name")
            || call.get(1).equals("call") && word.equals("POST");
    assertFalse(!state && PLACEHOLDER.matcher(word).find(), () -> word + " in " + call);
  }

  private static List<CheckSpec> checks() {
    return LabCatalog.in(Path.of("templates")).labs().stream()
        .flatMap(lab -> lab.steps().stream())
        .map(StepSpec::checks)
        .flatMap(List::stream)
        .toList();
  }
}
