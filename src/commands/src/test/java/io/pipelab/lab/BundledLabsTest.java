package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every lab and every template in the repository is well-formed, linted, and small enough. */
class BundledLabsTest {
  /** The largest template that CloudFormation takes without a bucket. */
  private static final long LARGEST_TEMPLATE = 51_200;

  private static final Path TEMPLATES = Path.of("templates");

  @Test
  void everyManifestIsRead() {
    List<Lab> labs = LabCatalog.in(TEMPLATES).labs();

    assertTrue(labs.stream().anyMatch(lab -> lab.id().equals("decoupling")));
    for (Lab lab : labs) {
      assertFalse(lab.steps().isEmpty(), lab.id());
    }
  }

  @Test
  void theDefaultLabHasTheStepsOfItsContract() {
    Lab lab = LabCatalog.in(TEMPLATES).lab("decoupling");

    assertEquals(
        List.of(
            "table",
            "image",
            "cluster",
            "task-definition",
            "security-group",
            "roles",
            "function",
            "queue",
            "topic",
            "subscription",
            "alarm",
            "loaded",
            "alarm-fired",
            "function-invoked",
            "tasks-started",
            "stored",
            "drained"),
        lab.steps().stream().map(Lab.StepSpec::id).toList());
  }

  @Test
  void everyTemplateFitsIntoOneCall() throws IOException {
    for (Path template : templates()) {
      assertTrue(Files.size(template) < LARGEST_TEMPLATE, template + " is too large");
    }
  }

  @Test
  void everyTemplateIsLinted() throws IOException, InterruptedException {
    assumeTrue(onPath("cfn-lint"), "cfn-lint is not installed");
    List<String> command = new ArrayList<>(List.of("cfn-lint", "--"));
    templates().forEach(template -> command.add(template.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), findings);
  }

  private static List<Path> templates() {
    return LabCatalog.in(TEMPLATES).labs().stream()
        .flatMap(lab -> lab.stacks().stream())
        .map(Lab.StackSpec::template)
        .toList();
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
