package io.pipelab.workflow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.ManifestError;
import io.pipelab.target.Target;
import io.pipelab.workflow.step.Artifacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is wrong with a lab is known before anything is created, and told at once. */
class LabCheckTest {
  private static final Target LOCAL = new Target.Local(null);
  private static final Target AWS = new Target.Aws(null, null);

  private static final String MANIFEST =
      """
      title: A lab
      summary: One queue.
      services: [SQS]
      cost: {hourlyUsd: 0}
      parameters:
        Size: {description: how many, value: 5}
      stacks:
        - {id: lab, template: stack.yaml}
      drive:
        - action: load-queue
          with:
            count: 5
      steps:
        - id: queue
          title: There is a queue
          hop: SQS
          checks:
            - type: queue-depth
              with:
                queue: ${outputs.Url}
                equals: 0
              hint: look
      """;

  private static final String TEMPLATE =
      """
      Parameters:
        Name: {Type: String, Default: q}
      Conditions:
        Named: !Not [!Equals [!Ref Name, ""]]
      Resources:
        Queue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: !If [Named, !Sub "${Name}-x", !Ref AWS::NoValue]
        Policy:
          Type: AWS::SQS::QueuePolicy
          DependsOn: Queue
          Properties:
            Queues: [!Ref Queue]
            PolicyDocument:
              Statement:
                - {Effect: Allow, Resource: !GetAtt Queue.Arn}
      Outputs:
        Url:
          Value: !Ref Queue
      """;

  @TempDir Path folder;

  @Test
  void everyLabInTheRepositoryIsRight() {
    LabCatalog catalog = LabCatalog.in(Path.of("templates"));
    Artifacts artifacts = new Artifacts(folder, Path.of("samples"), folder, folder);
    for (Target target :
        List.of(LOCAL, AWS, new Target.Endpoint(URI.create("http://x"), null, null))) {
      for (String id : catalog.ids()) {
        assertDoesNotThrow(() -> new LabCheck(catalog, artifacts, target).require(id));
      }
    }
  }

  @Test
  void theExampleIsRight() throws IOException {
    write(MANIFEST, TEMPLATE);
    assertDoesNotThrow(() -> check(LOCAL).require("a"));
  }

  @Test
  void whatIsThereAndWrongComesBeforeWhatIsMissing() throws IOException {
    write(MANIFEST.replace("summary:", "sumary:"), TEMPLATE);
    assertEquals(
        List.of(
            "lab.yaml:2:1: sumary: unknown key; did you mean \"summary\"?",
            "lab.yaml:1:1: summary: is missing"),
        mistakes(LOCAL));
  }

  @Test
  void allPartsOfALabAreCheckedAtOnce() throws IOException {
    write(
        MANIFEST
            .replace("title: A lab", "titel: A lab")
            .replace("count: 5", "count: lots\n      coutn: 5")
            .replace("equals: 0", "equal: 0"),
        TEMPLATE.replace("AWS::SQS::QueuePolicy", "AWS::SQS::QueuePolcy"));
    assertEquals(
        List.of(
            "lab.yaml:1:1: titel: unknown key; did you mean \"title\"?",
            "lab.yaml:13: drive.load-queue.coutn: unknown key: drive action load-queue has no such"
                + " setting; did you mean \"count\"?",
            "lab.yaml:22: queue.queue-depth.equal: unknown key: check type queue-depth has no such"
                + " setting; did you mean \"equals\"?",
            "lab.yaml:1:1: title: is missing",
            "lab.yaml:19: queue.queue-depth.equals: is missing: check type queue-depth needs this"
                + " setting",
            "stack.yaml:11:11: Resources.Policy.Type: the embedded cloud does not support"
                + " AWS::SQS::QueuePolcy; did you mean \"AWS::SQS::QueuePolicy\"?"),
        mistakes(LOCAL));
  }

  @Test
  void unknownTypesAndActionsAreNamed() throws IOException {
    write(
        MANIFEST.replace("load-queue", "load-qeue").replace("queue-depth", "queue-dept"), TEMPLATE);
    assertEquals(
        List.of(
            "lab.yaml:10: drive.action: unknown drive action \"load-qeue\"; did you mean"
                + " \"load-queue\"?",
            "lab.yaml:18: queue.queue-dept.type: unknown check type \"queue-dept\"; did you mean"
                + " \"queue-depth\"?"),
        mistakes(LOCAL));
  }

  @Test
  void valuesOfTheWrongKindHaveTheirPlace() throws IOException {
    write(MANIFEST.replace("count: 5", "count: lots"), TEMPLATE);
    assertEquals(
        List.of("lab.yaml:12: load-queue.count: must be a whole number, not \"lots\""),
        mistakes(AWS));
    write(MANIFEST.replace("count: 5", "count: 5\n      poison: 6"), TEMPLATE);
    assertEquals(
        List.of("lab.yaml:10: load-queue: poison 6 is not between 0 and the count 5"),
        mistakes(AWS));
    write(MANIFEST.replace("equals: 0", "equals: none"), TEMPLATE);
    assertEquals(
        List.of("lab.yaml:21: queue-depth.equals: must be a whole number, not \"none\""),
        mistakes(AWS));
    write(MANIFEST.replace("equals: 0", "equals: ${param.Size}"), TEMPLATE);
    assertDoesNotThrow(() -> check(AWS).require("a"));
  }

  @Test
  void aTemplateThatIsNotThereIsToldOnce() throws IOException {
    write(MANIFEST, TEMPLATE);
    Files.delete(folder.resolve("labs/a/stack.yaml"));
    assertEquals(
        List.of(
            "lab.yaml:8:15: stacks[0].template: there is no file stack.yaml beside the manifest"),
        mistakes(LOCAL));
  }

  @Test
  void anOutputThatNoTemplateHas() throws IOException {
    write(MANIFEST, TEMPLATE.replace("Url:", "Uri:"));
    assertEquals(
        List.of(
            "lab.yaml:20:18: steps[0].checks[0].with.queue: unknown reference ${outputs.Url}; did"
                + " you mean ${outputs.Uri}?"),
        mistakes(LOCAL));
  }

  @Test
  void theEmbeddedCloudsLimitsAreNotThoseOfAws() throws IOException {
    write(MANIFEST, TEMPLATE.replace("AWS::SQS::QueuePolicy", "AWS::AppMesh::Mesh"));
    assertEquals(1, mistakes(LOCAL).size());
    assertDoesNotThrow(() -> check(AWS).require("a"));
  }

  @Test
  void theTextOfALabIsPartOfIt() throws IOException {
    write(MANIFEST, TEMPLATE);
    Files.writeString(
        folder.resolve("labs/a/explain.md"),
        "# A lab\n\n### Step queues\n\nLast run: {queue.depth}.\n");
    assertEquals(
        List.of(
            "explain.md:3:1: the lab has no step \"queues\"; did you mean \"queue\"?",
            "explain.md:3:1: \"Step queues\": no check {queue.depth}; there is queue.queue-depth"),
        mistakes(LOCAL));
  }

  private LabCheck check(Target target) {
    return new LabCheck(
        LabCatalog.in(folder.resolve("labs")),
        new Artifacts(folder, folder, folder, folder),
        target);
  }

  private List<String> mistakes(Target target) {
    ManifestError error = assertThrows(ManifestError.class, () -> check(target).require("a"));
    String lab = folder.resolve("labs/a") + "/";
    return error.mistakes().stream().map(mistake -> mistake.toString().replace(lab, "")).toList();
  }

  private void write(String manifest, String template) throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs/a"));
    Files.writeString(lab.resolve("lab.yaml"), manifest);
    Files.writeString(lab.resolve("stack.yaml"), template);
  }
}
