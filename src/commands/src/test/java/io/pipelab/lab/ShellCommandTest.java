package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandTest {
  private static final Path LAB = Path.of("templates/decoupling");

  @Test
  void readsWordsQuotesAndCalls() {
    assertEquals(
        List.of(List.of("aws", "sqs", "{\"a\": 'b'}", ""), List.of("pipelab", "up", "&&")),
        ShellCommand.parse("aws  sqs '{\"a\": '\"'b'\"}  \"\" && pipelab up '&&'").calls());
  }

  @Test
  void refusesWhatHasNoEnd() {
    assertThrows(IllegalArgumentException.class, () -> ShellCommand.parse("aws 'sqs"));
    assertThrows(IllegalArgumentException.class, () -> ShellCommand.parse("aws &&"));
    assertThrows(IllegalArgumentException.class, () -> ShellCommand.parse(" "));
  }

  @Test
  void runsTheAwsCommandLineThroughPipelab() {
    assertEquals(
        "bin/pipelab --target aws aws sqs list-queues && bin/pipelab --target aws up",
        ShellCommand.parse("aws sqs list-queues && pipelab up").text("bin/pipelab --target aws"));
  }

  @Test
  void aValueNeverBecomesMoreThanItsWord() {
    References references =
        References.of(LabManifest.read(LAB))
            .withOutputs(Map.of("QueueUrl", "http://x; rm -rf / ${lab}"))
            .with("lab", "decoupling --instance two")
            .with("built", "-P 'A=b c'");
    ShellCommand command =
        references.resolve(ShellCommand.parse("pipelab up ${lab} ${built} ${outputs.QueueUrl}"));
    assertEquals(
        List.of(
            "pipelab",
            "up",
            "decoupling",
            "--instance",
            "two",
            "-P",
            "A=b c",
            "http://x; rm -rf / ${lab}"),
        command.calls().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain-1.2:3/4",
        "two words",
        "it's",
        "$(touch x)",
        "`touch x`",
        "a;b&c|d",
        "\"",
        "~",
        "*",
        "-n",
        "#x",
        "a\nb",
        "\\",
        "!history",
        "=x",
        "é"
      })
  void aShellReadsAQuotedWordBack(String word) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + ShellCommand.quoted(word)).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor());
    assertEquals(word, read);
  }
}
