package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every lab in {@code templates/} as a user does, by the command, on an embedded cloud of its
 * own: a new lab is tested by existing.
 */
class LabsIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Duration MOST = Duration.ofMinutes(15);

  @TempDir static Path xdg;
  private static Launched launched;

  static Stream<String> labs() throws IOException {
    try (Stream<Path> folders = Files.list(HOME.resolve("templates"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("lab.yaml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

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

  @ParameterizedTest
  @MethodSource("labs")
  void everyStepOfTheLabHolds(String lab) throws Exception {
    Launched.Ended run = launched.start("run", lab, "-o", "json").end(MOST);
    String told = run.told();
    assertEquals(0, run.exitCode(), told);
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertEquals(0, document.at("/verify/failed").asInt(), told);
    assertEquals(optionalSteps(lab), skippedSteps(document), told);
    assertTrue(document.at("/verify/passed").asInt() > 0, told);
    assertTrue(document.path("leftovers").isEmpty(), told);
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
