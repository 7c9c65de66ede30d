package io.pipelab.lab.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.explain.Block.Code;
import io.pipelab.lab.explain.Block.Item;
import io.pipelab.lab.explain.Block.LastRun;
import io.pipelab.lab.explain.Block.Paragraph;
import io.pipelab.lab.explain.Block.Table;
import io.pipelab.lab.explain.Topic.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationFileTest {
  private static final String TEXT =
      """
      # The lab

      Why it is there.

      ## Who it is for

      For you.

      ## Phase live

      Now it moves.

      ### Step alarm

      Two lines
      of words.

      - one entry
        that goes on
      - another
      2. a number

      Last run: {alarm.alarm-configuration},
      and more.

      ```sh
      # not a heading
      pipelab up
      ```

      | break | what |
      |---|---|
      | this | `a` and b |

      ## What else

      Nothing.
      """;

  @TempDir Path folder;

  @Test
  void aTextIsReadByItsHeadings() throws IOException {
    Explanation explanation = ExplanationFile.read(lab(TEXT));

    assertEquals(
        List.of("LAB ", "SECTION who-it-is-for", "PHASE live", "STEP alarm", "SECTION what-else"),
        explanation.topics().stream().map(topic -> topic.kind() + " " + topic.id()).toList());
    assertEquals(
        List.of("who-it-is-for"), explanation.introduction().stream().map(Topic::id).toList());
    assertEquals(List.of("what-else"), explanation.sections().stream().map(Topic::id).toList());
    assertEquals("The lab", explanation.lab().orElseThrow().heading());
    assertEquals(
        List.of(
            new Paragraph("Two lines of words."),
            new Item("-", "one entry that goes on"),
            new Item("-", "another"),
            new Item("2.", "a number"),
            new LastRun("{alarm.alarm-configuration}, and more."),
            new Code("sh", List.of("# not a heading", "pipelab up")),
            new Table(List.of("break", "what"), List.of(List.of("this", "`a` and b")))),
        explanation.of(Kind.STEP, "alarm").orElseThrow().blocks());
  }

  @Test
  void whatIsToldOfTheLastRunIsFilledInOrGone() throws IOException {
    Topic alarm = ExplanationFile.read(lab(TEXT)).of(Kind.STEP, "alarm").orElseThrow();

    String told = alarm.markdown(text -> Optional.of(text.replace("{", "<").replace("}", ">")));
    String untold = alarm.markdown(text -> Optional.empty());

    assertTrue(told.contains("Last run: <alarm.alarm-configuration>,\nand more.\n\n```sh"), told);
    assertTrue(untold.contains("2. a number\n\n```sh\n# not a heading"), untold);
  }

  @Test
  void aLabNeedsNoText() throws IOException {
    Lab lab = lab(TEXT);
    Files.delete(folder.resolve(ExplanationFile.NAME));

    assertEquals(Explanation.NONE, ExplanationFile.read(lab));
    assertEquals(List.of(), ExplanationFile.mistakesIn(lab));
  }

  @Test
  void everyMistakeIsToldWithItsLine() throws IOException {
    Lab lab =
        lab(
            """
            # The lab
            # Again
            ## Phase lives
            Text.
            ## Phase live
            Text.
            ### Step alarmm
            Last run: {alarm.alarm-configuratoin} and {alarm.alarm-configuration}.
            ### Else
            Text.
            ### Step queue
            ### Step queue
            Text.
            ### Step table
            Text.
            ```sh
            """);
    List<String> mistakes =
        ExplanationFile.mistakesIn(lab).stream().map(ExplanationFileTest::told).toList();

    assertEquals(
        List.of(
            "16: ends within a code block: ``` is missing",
            "2: only the first heading has one #",
            "9: a heading below ## must be ### Step ID",
            "2: \"Again\" is there twice",
            "3: the lab has no phase \"lives\"; did you mean \"live\"?",
            "7: the lab has no step \"alarmm\"; did you mean \"alarm\"?",
            "7: \"Step alarmm\": no check {alarm.alarm-configuratoin}; did you mean"
                + " \"alarm.alarm-configuration\"?",
            "11: \"Step queue\" has no text",
            "12: \"Step queue\" is there twice",
            "14: step \"table\" belongs below \"## Phase prepared\""),
        mistakes);
    assertThrows(ManifestError.class, () -> ExplanationFile.read(lab));
  }

  @Test
  void aFileThatIsNoTextIsAMistake() throws IOException {
    Lab lab = lab(TEXT);
    Files.write(folder.resolve(ExplanationFile.NAME), new byte[] {'#', ' ', (byte) 0xff});

    assertEquals(
        List.of("1: is not UTF-8 text"),
        ExplanationFile.mistakesIn(lab).stream().map(ExplanationFileTest::told).toList());
  }

  @Test
  void aTextBeginsWithItsTitle() throws IOException {
    assertEquals(
        List.of("1: must begin with a heading: # Title"),
        ExplanationFile.mistakesIn(lab("words\n# Title\n")).stream()
            .map(ExplanationFileTest::told)
            .filter(told -> told.startsWith("1:"))
            .toList());
  }

  private static String told(Mistake mistake) {
    return mistake.place().line() + ": " + mistake.message();
  }

  /** The lab decoupling with another text. */
  private Lab lab(String text) throws IOException {
    for (String file : List.of("lab.yaml", "foundation.yaml", "decoupling.yaml")) {
      Path copy = folder.resolve(file);
      if (!Files.exists(copy)) {
        Files.copy(Path.of("templates/decoupling", file), copy);
      }
    }
    Files.writeString(folder.resolve(ExplanationFile.NAME), text);
    return LabCatalog.in(folder).lab(String.valueOf(folder.getFileName()));
  }
}
