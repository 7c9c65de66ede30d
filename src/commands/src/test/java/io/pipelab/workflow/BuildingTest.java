package io.pipelab.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.target.Deadline;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.verify.FakeAws;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that a later phase needs is made when that phase is built, and not before. */
class BuildingTest {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A queue, then a topic.
      services: [SQS]
      cost: {hourlyUsd: 0}
      stacks:
        - {id: lab, template: stack.yaml, parameters: {Phase: "${phase}", Image: "${image.app.uri}"}}
      images:
        - {id: app, repository: app, jar: pipelab-app.jar, mainClass: Main, runs: function, phase: second}
      phases:
        - {id: first, title: First, goals: [see], resources: [Queue]}
        - {id: second, title: Second, goals: [see], resources: [Topic]}
      steps:
        - id: queue
          phase: first
          title: There is a queue
          hop: SQS
          checks:
            - {type: queue-depth, with: {queue: q, equals: 0}, hint: look}
      """;

  private static final String TEMPLATE =
      """
      Parameters:
        Phase: {Type: String, Default: second, AllowedValues: [first, second]}
        Image: {Type: String, Default: ""}
      Conditions:
        FromSecond: !Equals [!Ref Phase, second]
      Resources:
        Queue: {Type: AWS::SQS::Queue}
        Topic: {Type: AWS::SNS::Topic, Condition: FromSecond}
      Outputs:
        Phase: {Value: !Ref Phase}
      """;

  @TempDir Path labs;
  private Lab lab;
  private Bindings bindings;
  private Building building;

  @BeforeEach
  void read() throws IOException {
    Path folder = Files.createDirectory(labs.resolve("app"));
    Files.writeString(folder.resolve("lab.yaml"), MANIFEST);
    Files.writeString(folder.resolve("stack.yaml"), TEMPLATE);
    lab = LabCatalog.in(labs).lab("app");
    bindings = new Bindings(References.of(lab));
    Cloud cloud =
        new Cloud(
            new Target.Local(null),
            new FakeAws(),
            Poller.near(),
            Deadline.in(Duration.ofMinutes(1)));
    building =
        new Building(
            new LabInstance(lab, ""),
            "r-1",
            cloud,
            new Artifacts(labs, labs, labs, labs),
            bindings,
            List.of());
  }

  @Test
  void beforeItsPhaseAnImageIsNamedByNoText() {
    building.upTo("first");
    assertEquals("", bindings.references().resolve("${image.app.uri}"));
    assertEquals("", bindings.references().resolve("${image.app.digest}"));
  }

  @Test
  void withItsPhaseItHasToBePushedFirst() {
    building.upTo("second");
    assertThrows(ManifestError.class, () -> bindings.references().resolve("${image.app.uri}"));
  }

  @Test
  void aFurtherPhasePushesItsOwnImagesBeforeTheStack() {
    assertEquals(
        List.of("Build and push image app", "Deploy stack pipelab-app-lab, phase second"),
        building.further(lab.phases().last()).steps().stream().map(Step::title).toList());
    assertEquals(
        List.of("Deploy stack pipelab-app-lab, phase first"),
        building.further(lab.phases().phase("first")).steps().stream().map(Step::title).toList());
  }
}
