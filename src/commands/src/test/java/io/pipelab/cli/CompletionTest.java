package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;

class CompletionTest {
  @TempDir Path folder;

  /** What bash would offer. */
  private Set<String> completed(String words, int current) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, AutoComplete.bash("pipelab", Pipelab.allCommands()));
    String asked =
        "compopt() { :; }; source \"$1\"; COMP_WORDS=("
            + words
            + "); COMP_CWORD="
            + current
            + "; _complete_pipelab; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash = started("bash", "-c", asked, "bash", script.toString());
    String offered = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), offered);
    return new TreeSet<>(offered.lines().map(String::strip).toList());
  }

  private static Process started(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no bash: " + e.getMessage());
      throw new IllegalStateException(e);
    }
  }

  @Test
  void commandsAndTheirOptionsAreOffered() throws Exception {
    assertEquals(Set.of("peek"), completed("pipelab pee", 1));
    assertEquals(Set.of("--phase"), completed("pipelab up --ph", 2));
    assertEquals(Set.of("--by-name"), completed("pipelab verify --by-", 2));
    assertEquals(Set.of("explain"), completed("pipelab expl", 1));
    assertEquals(Set.of("actions"), completed("pipelab local act", 2));
  }
}
