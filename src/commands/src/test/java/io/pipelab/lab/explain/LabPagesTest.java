package io.pipelab.lab.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.explain.Topic.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the labs of this repository tell: all of it, and the same in {@code docs/labs}, whose pages
 * {@code -Dgolden.update=true} writes anew.
 */
class LabPagesTest {
  private static final Path TEMPLATES = Path.of("templates");
  private static final Path PAGES = Path.of("docs/labs");

  /** Where a sentence ends: not at a version, and not within a name of code. */
  private static final Pattern SENTENCE = Pattern.compile("[.!?](?=\\s|$)");

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^):#]+)(#[^)]*)?\\)");

  @TestFactory
  Stream<DynamicTest> everyPageIsWhatTheLabTells() {
    return each(
        lab -> {
          Path page = PAGES.resolve(lab.id() + ".md");
          String text = new LabPage(lab, ExplanationFile.read(lab)).text();
          if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, text);
          }
          assertEquals(
              Files.readString(page), text, page + " differs; -Dgolden.update=true writes it anew");
        });
  }

  @TestFactory
  Stream<DynamicTest> everyPhaseAndEveryStepIsTold() {
    return each(
        lab -> {
          assertEquals(lab.phases().ids(), told(lab, Kind.PHASE));
          assertEquals(
              lab.steps().stream().map(StepSpec::id).sorted().toList(),
              told(lab, Kind.STEP).stream().sorted().toList());
        });
  }

  private static List<String> told(Lab lab, Kind kind) {
    return ExplanationFile.read(lab).topics().stream()
        .filter(topic -> topic.kind() == kind)
        .map(Topic::id)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> aStepTakesTwoToTenSentencesAndACommand() {
    return each(
        lab -> {
          for (Topic topic : ExplanationFile.read(lab).topics()) {
            if (topic.kind() == Kind.STEP) {
              long sentences =
                  topic.blocks().stream()
                      .filter(Block.Paragraph.class::isInstance)
                      .mapToLong(block -> SENTENCE.matcher(words(block)).results().count())
                      .sum();
              assertTrue(sentences >= 2 && sentences <= 10, topic.id() + ": " + sentences);
              assertTrue(
                  topic.blocks().stream().anyMatch(Block.Code.class::isInstance),
                  topic.id() + " has no command to try");
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyPageSaysWhomWhatForAndWhatWasChanged() {
    return each(
        lab -> {
          List<Topic> topics = ExplanationFile.read(lab).topics();
          assertEquals("changed-from-the-source", topics.get(topics.size() - 1).id());
          List<String> ids = topics.stream().map(Topic::id).toList();
          assertTrue(ids.containsAll(List.of("who-it-is-for", "what-it-costs")), ids::toString);
        });
  }

  @TestFactory
  Stream<DynamicTest> everyFileThatIsNamedIsThere() {
    return each(
        lab -> {
          Matcher link = LINK.matcher(Files.readString(lab.folder().resolve(ExplanationFile.NAME)));
          while (link.find()) {
            Path file = PAGES.resolve(link.group(1)).normalize();
            assertTrue(Files.exists(file), file + " is not there");
          }
          for (Topic topic : ExplanationFile.read(lab).topics()) {
            for (String word : words(topic).split("[`\\s]+")) {
              if (word.startsWith("src/")
                  || word.startsWith("samples/")
                  || word.startsWith("templates/")) {
                assertTrue(Files.exists(Path.of(word)), word + " is not there");
              }
            }
          }
        });
  }

  private static String words(Topic topic) {
    return topic.blocks().stream().map(LabPagesTest::words).collect(Collectors.joining(" "));
  }

  private static String words(Block block) {
    if (block instanceof Block.Paragraph paragraph) {
      return paragraph.text();
    }
    return block instanceof Block.Item item ? item.text() : "";
  }

  private interface Claim {
    void of(Lab lab) throws IOException;
  }

  private static Stream<DynamicTest> each(Claim claim) {
    return LabCatalog.in(TEMPLATES).labs().stream()
        .map(lab -> DynamicTest.dynamicTest(lab.id(), () -> hold(claim, lab)));
  }

  private static void hold(Claim claim, Lab lab) {
    try {
      claim.of(lab);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
