package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of a lab before it is up: its table of contents, and what AWS must allow. */
class LabContentsTest {
  @TempDir Path folder;

  @Test
  void goalsPhasesAndSteps() throws IOException {
    InProcess pipelab = new InProcess(folder);
    Golden.assertMatches("labs-one", pipelab.transcript("labs", "image-resize"));
    JsonNode lab =
        new ObjectMapper()
            .readTree(pipelab.run("labs", "job-offers", "-o", "json").out())
            .at("/labs/0");
    assertEquals("job-offers", lab.path("id").asText());
    assertTrue(lab.path("standing").isNull());
    assertEquals(4, lab.path("phases").size());
    assertEquals("ingest", lab.at("/phases/0/id").asText());
    assertEquals("upload", lab.at("/phases/0/drive/0").asText());
    assertEquals("store", lab.at("/steps/6/phase").asText());
  }

  @Test
  void theLeastPolicyForAPipeline() throws IOException {
    Golden.assertMatches(
        "policy-deploy-function",
        new InProcess(folder)
            .transcript("doctor", "decoupling", "--print-policy", "--for", "deploy-function"));
  }

  @Test
  void thePolicyOfALabAsOneDocument() throws IOException {
    InProcess.Outcome outcome =
        new InProcess(folder)
            .run("doctor", "decoupling", "--print-policy", "--instance", "two", "-o", "json");
    assertEquals(0, outcome.exit(), outcome.err());
    JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals("up", json.path("for").asText());
    assertEquals("*", json.path("account").asText());
    assertTrue(json.path("policies").size() > 0, outcome.out());
    assertTrue(outcome.out().contains("role/two-fasttrack-saa-task-role"), outcome.out());
  }
}
