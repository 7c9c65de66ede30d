package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabManifest;
import io.pipelab.lab.References;
import io.pipelab.report.StepLines;
import io.pipelab.report.Style;
import io.pipelab.report.VerifyDocument;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** Which steps are judged when a lab is built up to one of its phases. */
class PhasesPendingTest {
  private static final LoadRecord LOAD =
      new LoadRecord("r", "queue", 1, 1, 0, 0, 0, 1, Instant.EPOCH, Instant.EPOCH);
  private static final String NEXT = "pipelab up lab --instance two --next";

  @TempDir Path folder;
  private final FakeAws aws = new FakeAws();
  private final FakeTime time = new FakeTime(20);
  private Lab lab;

  @BeforeEach
  void readLab() throws IOException {
    Files.writeString(
        folder.resolve("stack.yaml"),
        """
        Parameters:
          Phase: {Type: String, Default: second, AllowedValues: [first, second]}
        Conditions:
          FromSecond: !Equals [!Ref Phase, second]
        Resources:
          One: {Type: AWS::SNS::Topic}
          Two: {Type: AWS::SNS::Topic, Condition: FromSecond}
        Outputs:
          One: {Value: !Ref One}
          Two: {Value: !Ref Two, Condition: FromSecond}
        """);
    Path manifest = Files.createDirectories(folder.resolve("lab"));
    Files.move(folder.resolve("stack.yaml"), manifest.resolve("stack.yaml"));
    Files.writeString(
        manifest.resolve("lab.yaml"),
        """
        title: A lab
        summary: A lab in two phases.
        services: [SNS]
        cost: {hourlyUsd: 0}
        stacks:
          - {id: lab, template: stack.yaml, parameters: {Phase: "${phase}"}}
        phases:
          - {id: first, title: First, resources: [One]}
          - {id: second, title: Second, resources: [Two]}
        steps:
          - id: one
            phase: first
            title: The one
            hop: SNS
            checks:
              - {type: topic-exists, with: {topic: "${outputs.One}"}, hint: h}
              - {id: also, type: topic-exists, phase: second, with: {topic: "${outputs.Two}"}, hint: h}
          - id: two
            phase: second
            title: The other
            hop: SNS
            checks:
              - {type: topic-exists, with: {topic: "${outputs.Two}"}, hint: h}
          - id: moved
            phase: second
            title: Something moved
            hop: SNS
            needsLoad: true
            checks:
              - {type: topic-exists, with: {topic: "${outputs.Two}"}, hint: h}
        """);
    lab = LabManifest.read(manifest);
    aws.on(
        GetTopicAttributesRequest.class,
        get ->
            GetTopicAttributesResponse.builder()
                .attributes(Map.of("TopicArn", get.topicArn()))
                .build());
  }

  @Test
  void stepsOfAPhaseThatIsNotBuiltArePending() {
    List<StepResult> results = verify("first", VerifyOptions.ALL);

    assertEquals(List.of("one PASSED", "two NOT_BUILT", "moved NOT_BUILT"), words(results));
    VerifyDocument document = new VerifyDocument("lab", "two", "local", results);
    assertEquals("1 passed, 0 failed, 0 skipped, 2 pending", document.sentence());
    assertEquals(
        List.of("pend The other (two)", "     phase second (2 of 2) is not built: " + NEXT),
        StepLines.of(results.get(1), Style.of(false), true));
  }

  @Test
  void aCheckMayComeLaterThanItsStep() {
    List<CheckResult> checks = verify("first", VerifyOptions.ALL).get(0).checks();

    assertEquals(
        List.of("topic-exists PASSED null", "also NOT_BUILT " + NEXT),
        checks.stream()
            .map(check -> check.id() + " " + check.status() + " " + check.command())
            .toList());
  }

  @Test
  void whenAllStandAllIsLookedAt() {
    List<StepResult> results = verify("second", VerifyOptions.ALL);

    assertEquals(List.of("one PASSED", "two PASSED", "moved SKIPPED"), words(results));
    assertEquals(
        List.of(CheckStatus.PASSED, CheckStatus.PASSED),
        results.get(0).checks().stream().map(CheckResult::status).toList());
  }

  @Test
  void aPhaseIsItsStepsAndThoseItAddsACheckTo() {
    assertEquals(
        List.of("one"),
        lab.stepsOf(lab.phases().phase("first")).stream().map(Lab.StepSpec::id).toList());
    assertEquals(
        List.of("one", "two", "moved"),
        lab.stepsOf(lab.phases().phase("second")).stream().map(Lab.StepSpec::id).toList());
  }

  @Test
  void nothingFailsWhenNothingStands() {
    assertEquals(
        List.of("one NOT_BUILT", "two NOT_BUILT", "moved NOT_BUILT"),
        words(verify("", VerifyOptions.ALL)));
  }

  @Test
  void whatIsKnownOfEarlierStepsIsTheCause() throws IOException {
    Path manifest = lab.manifest();
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("    needsLoad: true\n", "    needsLoad: true\n    needs: [one]\n"));
    lab = LabManifest.read(manifest.getParent());
    aws.on(
        GetTopicAttributesRequest.class,
        any -> {
          throw NotFoundException.builder().message("gone").build();
        });
    StepResult broken = new StepResult("one", "The one", "SNS", CheckStatus.FAILED, List.of());

    StepResult moved =
        verification(
                "second",
                VerifyOptions.ALL.after(List.of(broken), Set.of("moved")),
                new CheckScope(aws, time::target, List.of(LOAD), List.of()))
            .run()
            .get(0);

    assertEquals("fix \"one\" (SNS) first; h", moved.checks().get(0).hint(), moved.toString());
  }

  private List<StepResult> verify(String phase, VerifyOptions options) {
    return verification(phase, options, new CheckScope(aws, time::target, List.of(), List.of()))
        .run();
  }

  private Verification verification(String phase, VerifyOptions options, CheckScope scope) {
    References references =
        References.of(lab)
            .withOutputs(Map.of("One", "arn:one", "Two", "arn:two"))
            .with("instance.prefix", "two-")
            .with("pipelab", "pipelab")
            .with("phase", phase);
    return new Verification(
        lab, scope, references, options, new VerifyListener() {}, time.eventually());
  }

  private static List<String> words(List<StepResult> results) {
    return results.stream().map(result -> result.id() + " " + result.status()).toList();
  }
}
