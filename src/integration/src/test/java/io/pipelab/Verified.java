package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A document of {@code verify -o json}, and what is to be asserted of it. */
record Verified(JsonNode document) {
  /** How a command starts in a checkout whose path has a space. */
  private static final String QUOTED_PROGRAM = "'" + Path.of("bin/pipelab").toAbsolutePath() + "'";

  /** Every step passed. */
  void allPassed() {
    document
        .path("steps")
        .forEach(step -> assertEquals("passed", step.path("status").asText(), this::text));
  }

  /** No step failed; those that a load moves were not looked at. */
  void asBuiltPassed() {
    assertEquals(0, document.path("failed").asInt(), this::text);
    assertEquals(11, document.path("passed").asInt(), this::text);
  }

  /** Nothing failed; what the lab adds to its source is advice. */
  Verified nothingFailed() {
    return nothingFailedBefore();
  }

  /** Nothing failed, and nothing waits but these steps, which the learner has not done. */
  Verified nothingFailedBefore(String... ids) {
    assertEquals(0, document.path("failed").asInt(), this::text);
    assertEquals(ids.length, document.path("pending").asInt(), this::text);
    for (String id : ids) {
      assertEquals("pending", step(id).path("status").asText(), this::text);
    }
    return this;
  }

  /** Exactly these steps failed. */
  Verified failedOnly(Set<String> ids) {
    Set<String> failed = new LinkedHashSet<>();
    for (JsonNode step : document.path("steps")) {
      if (step.path("status").asText().equals("failed")) {
        failed.add(step.path("id").asText());
      }
    }
    assertEquals(new TreeSet<>(ids), new TreeSet<>(failed), this::text);
    return this;
  }

  /** A check of a failed step saw this. */
  Verified saw(String id, String actual) {
    assertContains(failedCheck(step(id)).path("actual").asText(), actual);
    return this;
  }

  /** A step is advice, and says why. */
  Verified advises(String id, String actual) {
    assertEquals("advice", step(id).path("status").asText(), this::text);
    StringBuilder seen = new StringBuilder();
    step(id)
        .path("checks")
        .forEach(check -> seen.append(check.path("actual").asText()).append('\n'));
    assertContains(seen.toString(), actual);
    return this;
  }

  /**
   * A step failed, those before it passed, and its first failed check says what to do.
   *
   * @param hop where the pipeline is broken
   * @param actual what the check saw, or a part of it
   * @param hint what to do, or a part of it
   */
  Verified brokenAt(String id, String hop, String actual, String hint) {
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        assertEquals("failed", step.path("status").asText(), this::text);
        assertEquals(hop, step.path("hop").asText());
        JsonNode check = failedCheck(step);
        assertFalse(check.path("expected").asText().isEmpty(), this::text);
        assertContains(check.path("actual").asText(), actual);
        String advice = check.path("hint").asText() + "\n" + check.path("command").asText();
        assertContains(advice.replace(QUOTED_PROGRAM, "pipelab"), hint);
        return this;
      }
      assertEquals("passed", step.path("status").asText(), this::text);
    }
    throw new AssertionError("there is no step " + id + " in " + text());
  }

  /** The first failed check of a step says all of this in its hint. */
  Verified hints(String id, String... parts) {
    for (String part : parts) {
      assertContains(failedCheck(step(id)).path("hint").asText(), part);
    }
    return this;
  }

  /** The commands of a step's hints, in their order, each once. */
  List<String> commandsOf(String id) {
    Set<String> commands = new LinkedHashSet<>();
    for (JsonNode check : step(id).path("checks")) {
      if (check.hasNonNull("command")) {
        commands.add(check.path("command").asText());
      }
    }
    return List.copyOf(commands);
  }

  /** A step passed. */
  Verified passed(String... ids) {
    for (String id : ids) {
      assertEquals("passed", step(id).path("status").asText(), this::text);
    }
    return this;
  }

  /** A later step did not hold, and says that an earlier one must be fixed first. */
  Verified becauseOf(String cause, String... ids) {
    for (String id : ids) {
      JsonNode step = step(id);
      assertNotEquals("passed", step.path("status").asText(), this::text);
      assertContains(failedCheck(step).path("hint").asText(), "fix \"" + cause + "\"");
    }
    return this;
  }

  /** What the first check of a step claimed. */
  String expectedOf(String id) {
    return step(id).path("checks").path(0).path("expected").asText();
  }

  private JsonNode step(String id) {
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("there is no step " + id + " in " + text());
  }

  private JsonNode failedCheck(JsonNode step) {
    for (JsonNode check : step.path("checks")) {
      String status = check.path("status").asText();
      if (status.equals("failed") || status.equals("pending")) {
        return check;
      }
    }
    throw new AssertionError("no check of " + step.path("id") + " failed: " + text());
  }

  private void assertContains(String text, String part) {
    assertTrue(text.contains(part), () -> "\"" + part + "\" is not in \"" + text + "\": " + text());
  }

  /** The steps that did not pass. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (JsonNode step : document.path("steps")) {
      if (!step.path("status").asText().equals("passed")) {
        text.append('\n').append(step);
      }
    }
    return text.append("\nno other step failed").toString();
  }
}
