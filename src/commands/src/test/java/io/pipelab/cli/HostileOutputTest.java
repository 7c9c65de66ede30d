package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.report.Terminal;
import io.pipelab.report.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a name or a message holds: nothing that a command prints steers the terminal. */
class HostileOutputTest {
  private static final String HOSTILE = "\u001bc\u009b2J\u202e";
  private static final List<Terminal> TERMINALS =
      List.of(Terminal.none(), new Terminal(true, true, true, false, 80, 24));

  @TempDir Path folder;

  @Test
  void errorsAndResults() throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs/odd"));
    Files.writeString(
        lab.resolve("lab.yaml"),
        "title: \"A \\e]0;lab\\x9b\\u202e\"\nsummary: \"\\ec\"\nservices: [SQS]\n"
            + "cost: {hourlyUsd: 0, note: \"\\ec\"}\n"
            + "stacks: [{id: lab, template: stack.yaml}]\n"
            + "steps: [{id: a, title: \"\\ec\", hop: SQS, checks: [{type: queue-depth,"
            + " with: {queue: q, equals: 0}, hint: wait}]}]\n");
    Files.writeString(lab.resolve("stack.yaml"), "Resources: {Q: {Type: AWS::SQS::Queue}}\n");
    String labs = folder.resolve("labs").toString();
    for (Terminal terminal : TERMINALS) {
      shows(terminal, "labs", "--lab-dir", labs, "--no-color");
      shows(terminal, "labs", "-o", "json", "--lab-dir", labs);
      shows(terminal, "verify", HOSTILE);
      shows(terminal, HOSTILE);
      shows(terminal, "up", "--" + HOSTILE);
      shows(terminal, "up", "--target", HOSTILE);
      shows(terminal, "up", "--instance", HOSTILE, "--debug");
    }
  }

  private void shows(Terminal terminal, String... command) {
    InProcess.Outcome outcome = new InProcess(folder).on(terminal).run(command);
    String all = outcome.out() + outcome.err();
    assertTrue(all.contains("\\u"), () -> String.join(" ", command) + " shows nothing: " + all);
    assertEquals(VisibleText.of(ours(all)), ours(all));
  }

  /** Without the cursor movements of the live view. */
  private static String ours(String text) {
    return text.replaceAll("\u001b\\[(\\?[0-9]+[hl]|[0-9]*[AKJ])", "").replace("\r", "");
  }
}
