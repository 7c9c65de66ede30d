package io.pipelab.verify.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.lab.Lab;
import io.pipelab.target.PrivateFiles;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.kept.LastRun.Seen;
import io.pipelab.verify.kept.LastRun.SeenStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last results of each copy of a lab, a file each: they outlive the lab, so that what a {@code
 * run} saw can still be told when nothing of it is left.
 */
public final class KeptResults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Path manifest;
  private final InstantSource clock;

  /**
   * Of one copy.
   *
   * @param folder where the files are
   * @param instance empty for the first copy
   */
  public KeptResults(Path folder, Lab lab, String instance, InstantSource clock) {
    this.file = folder.resolve(lab.id() + (instance.isEmpty() ? "" : "@" + instance) + ".json");
    this.manifest = lab.manifest();
    this.clock = clock;
  }

  /**
   * Keeps what was seen now.
   *
   * @param times the parts of a run and their seconds; empty when it was none
   * @throws UncheckedIOException when it cannot be written
   */
  public void keep(String target, List<StepResult> results, Map<String, Double> times) {
    LastRun run = last().and(results, clock.instant(), target);
    try {
      PrivateFiles.write(
          file, JSON.writeValueAsBytes(json(times.isEmpty() ? run : run.taking(times))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep what was seen in " + file, e);
    }
  }

  /**
   * What was kept; nothing when the file is that of another lab of this name, or is not one of
   * ours.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public LastRun last() {
    if (!Files.isRegularFile(file)) {
      return LastRun.NONE;
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      return json.path("manifest").asText().equals(manifest.toString()) ? run(json) : LastRun.NONE;
    } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
      // of another version: what is kept is worth less than the command that wants to tell of it
      return LastRun.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private ObjectNode json(LastRun run) {
    ObjectNode json = JSON.createObjectNode().put("manifest", manifest.toString());
    ObjectNode steps = json.putObject("steps");
    run.steps()
        .forEach(
            (id, step) -> {
              ObjectNode one = steps.putObject(id);
              one.put("at", step.at().toString());
              one.put("target", step.target());
              one.put("status", step.status().name());
              ObjectNode checks = one.putObject("checks");
              step.checks()
                  .forEach(
                      (check, seen) ->
                          checks
                              .putObject(check)
                              .put("status", seen.status().name())
                              .put("actual", seen.actual()));
            });
    ObjectNode times = json.putObject("times");
    run.times().forEach(times::put);
    return json;
  }

  private static LastRun run(JsonNode json) {
    Map<String, SeenStep> steps = new LinkedHashMap<>();
    json.path("steps")
        .properties()
        .forEach(step -> steps.put(step.getKey(), step(step.getValue())));
    Map<String, Double> times = new LinkedHashMap<>();
    json.path("times").properties().forEach(t -> times.put(t.getKey(), t.getValue().asDouble()));
    return new LastRun(steps, times);
  }

  private static SeenStep step(JsonNode json) {
    Map<String, Seen> checks = new LinkedHashMap<>();
    json.path("checks")
        .properties()
        .forEach(
            check ->
                checks.put(
                    check.getKey(),
                    new Seen(status(check.getValue()), check.getValue().path("actual").asText())));
    return new SeenStep(
        Instant.parse(json.path("at").asText()),
        json.path("target").asText(),
        status(json),
        checks);
  }

  private static CheckStatus status(JsonNode json) {
    return CheckStatus.valueOf(json.path("status").asText());
  }
}
