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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  private static final long MOST_MINUTES = 6;

  @TempDir static Path xdg;

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
    assertEquals(0, pipelab("start", "local", "start"), read("start"));
  }

  @AfterAll
  static void stopIt() throws Exception {
    pipelab("stop", "local", "stop");
  }

  @ParameterizedTest
  @MethodSource("labs")
  void everyStepOfTheLabHolds(String lab) throws Exception {
    int exit = pipelab(lab, "run", lab, "-o", "json");
    String told = read(lab) + Files.readString(xdg.resolve(lab + ".err"));
    assertEquals(0, exit, told);
    JsonNode document = new ObjectMapper().readTree(read(lab));
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

  private static String read(String name) throws IOException {
    return Files.readString(xdg.resolve(name + ".out"));
  }

  private static int pipelab(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/pipelab").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(xdg.resolve(name + ".out").toFile())
            .redirectError(xdg.resolve(name + ".err").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("PIPELAB_"));
    environment.put("XDG_STATE_HOME", xdg.resolve("state").toString());
    environment.put("XDG_CACHE_HOME", xdg.resolve("cache").toString());
    environment.put("XDG_CONFIG_HOME", xdg.resolve("config").toString());
    Process process = builder.start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("pipelab " + String.join(" ", arguments) + " did not end");
    }
    return process.exitValue();
  }
}
