package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every lab in {@code templates/} as a user does, by the command, on an embedded cloud of its
 * own, and types what its page tells to type while it stands: a new lab is tested by existing.
 */
class LabsIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Duration MOST = Duration.ofMinutes(15);

  @TempDir static Path xdg;
  private static Launched launched;

  @BeforeAll
  static void startACloudOfOurOwn() throws Exception {
    launched = new Launched(xdg);
    Launched.Ended start = launched.run("local", "start");
    assertEquals(0, start.exitCode(), start.told());
  }

  @AfterAll
  static void stopIt() throws Exception {
    launched.run("local", "stop");
  }

  @TestFactory
  Stream<DynamicContainer> labs() throws IOException {
    try (Stream<Path> folders = Files.list(HOME.resolve("templates"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("lab.yaml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .map(LabsIT::tests)
          .toList()
          .stream();
    }
  }

  private static DynamicContainer tests(String lab) {
    return DynamicContainer.dynamicContainer(
        lab,
        List.of(
            DynamicTest.dynamicTest(lab + ": every step holds", () -> everyStepHolds(lab)),
            DynamicTest.dynamicTest(lab + ": its page can be typed", () -> pageCanBeTyped(lab)),
            DynamicTest.dynamicTest(lab + ": nothing is left", () -> nothingIsLeft(lab))));
  }

  private static void everyStepHolds(String lab) throws Exception {
    Launched.Ended run = launched.start("run", lab, "--keep", "-o", "json").end(MOST);
    String told = run.told();
    assertEquals(0, run.exitCode(), told);
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertEquals(0, document.at("/verify/failed").asInt(), told);
    assertEquals(0, document.at("/verify/pending").asInt(), told);
    assertEquals(phases(lab), document.path("phases").findValuesAsText("phase"), told);
    assertEquals(optionalSteps(lab), skippedSteps(document), told);
    assertTrue(document.at("/verify/passed").asInt() > 0, told);
  }

  private static void pageCanBeTyped(String lab) throws Exception {
    assumeTrue(Launched.isOnPath("aws") && Launched.isOnPath("curl"), "aws or curl is missing");
    List<String> lines = new LabPage(lab).lines();
    assertTrue(lines.size() > 3, lines::toString);
    Launched.Ended typed =
        launched.shell(
            HOME,
            "pipelab() { \"$pipelab\" \"$@\"; }\nset -eux\nTMPDIR='"
                + xdg
                + "'; export TMPDIR\n"
                + String.join("\n", lines));
    assertEquals(0, typed.exitCode(), typed.told());
  }

  private static void nothingIsLeft(String lab) throws Exception {
    Launched.Ended down = launched.run("down", lab, "-o", "json");
    assertEquals(0, down.exitCode(), down.told());
    assertTrue(new ObjectMapper().readTree(down.out()).path("leftovers").isEmpty(), down.told());
  }

  /** Each phase of the lab is built, driven and verified. */
  private static List<String> phases(String lab) {
    return LabCatalog.in(HOME.resolve("templates")).lab(lab).phases().ids().stream()
        .flatMap(phase -> Stream.of(phase, phase, phase))
        .toList();
  }

  /** The steps that are there only with a parameter that nobody sets here. */
  private static List<String> optionalSteps(String lab) {
    return LabCatalog.in(HOME.resolve("templates")).lab(lab).steps().stream()
        .filter(step -> step.optional() != null)
        .map(Lab.StepSpec::id)
        .toList();
  }

  private static List<String> skippedSteps(JsonNode document) {
    List<String> skipped = new ArrayList<>();
    for (JsonNode step : document.at("/verify/steps")) {
      if (step.path("status").asText().equals("skipped")) {
        skipped.add(step.path("id").asText());
      }
    }
    return skipped;
  }
}
