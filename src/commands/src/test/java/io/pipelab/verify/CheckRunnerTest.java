package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.LabManifest;
import io.pipelab.lab.References;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The status, the hint and the command of one check, by what came before it. */
class CheckRunnerTest {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A lab to verify.
      services: [SQS]
      cost: {hourlyUsd: 0}
      stacks:
        - id: lab
          template: stack.yaml
      steps:
        - id: topic
          title: The topic
          hop: SNS
          checks:
            - {type: topic-exists, with: {topic: t}, hint: Create it., command: pipelab up}
        - id: drained
          title: The queue is empty
          hop: ECS -> SQS
          checks:
            - {type: queue-depth, with: {queue: q, equals: 0}, hint: Drain it., command: pipelab peek q}
      """;

  private final FakeAws aws = new FakeAws();
  private final Lab lab;

  CheckRunnerTest(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stack.yaml"), "Resources: {}\n");
    Files.writeString(folder.resolve("lab.yaml"), MANIFEST);
    lab = LabManifest.read(folder);
  }

  @Test
  void aCheckThatFailsBehindWhatIsNotSupportedIsNotSupportedEither() {
    topicFails(NotFoundException.builder().build());

    CheckResult result = run("topic", Optional.of(broken(CheckStatus.UNSUPPORTED)));

    assertEquals(CheckStatus.UNSUPPORTED, result.status());
    assertEquals(
        "there is no topic t; it needs \"before\", which is not supported here", result.actual());
    assertNull(result.hint());
    assertNull(result.command());
  }

  @Test
  void aCheckThatFailsBehindWhatIsBrokenHasFailed() {
    topicFails(NotFoundException.builder().build());

    CheckResult result = run("topic", Optional.of(broken(CheckStatus.FAILED)));

    assertEquals(CheckStatus.FAILED, result.status());
    assertEquals("fix \"before\" (SNS) first; Create it.", result.hint());
  }

  @Test
  void answersThatNobodyCanReadFailTheCheck() {
    topicFails(SdkClientException.create("Unable to unmarshall response (a page)"));

    CheckResult result = run("topic", Optional.empty());

    assertEquals(CheckStatus.FAILED, result.status());
    assertEquals(
        "the target returned an answer that makes no sense: Unable to unmarshall response (a page)",
        result.actual());
  }

  @Test
  void whatCouldNeverBeLookedAtIsLate() {
    topicFails(SdkClientException.create("no luck"));

    CheckResult result = run("topic", Optional.empty());

    assertEquals(CheckStatus.LATE, result.status());
    assertEquals("could not look: no luck", result.actual());
  }

  @Test
  void whatWaitsForABrokenStepHasNoCommand() {
    depth(5);

    CheckResult result = run("drained", Optional.of(broken(CheckStatus.FAILED)));

    assertEquals(CheckStatus.PENDING, result.status());
    assertEquals("fix \"before\" (SNS) first", result.hint());
    assertNull(result.command());
  }

  @Test
  void theManifestsCommandIsGivenWhenTheLookKnowsNone() {
    depth(5);

    assertEquals("bin/pipelab peek q", run("drained", Optional.empty()).command());
  }

  @Test
  void theLooksOwnCommandComesFirst() {
    topicFails(NotFoundException.builder().build());

    assertEquals(
        "bin/pipelab aws sns create-topic --name t", run("topic", Optional.empty()).command());
  }

  @Test
  void whatPassedHasNeitherHintNorCommand() {
    depth(0);

    CheckResult result = run("drained", Optional.empty());

    assertEquals(CheckStatus.PASSED, result.status());
    assertNull(result.hint());
    assertNull(result.command());
  }

  private void topicFails(SdkException failure) {
    aws.on(
        GetTopicAttributesRequest.class,
        request -> {
          throw failure;
        });
  }

  private void depth(int messages) {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    String.valueOf(messages),
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    "0"))
            .build());
  }

  private static StepResult broken(CheckStatus status) {
    return new StepResult("before", "What comes before", "SNS", status, List.of());
  }

  private CheckResult run(String id, Optional<StepResult> broken) {
    FakeTime time = new FakeTime(20);
    LoadRecord load = new LoadRecord("r1", "q", 5, 5, 0, 0, Instant.EPOCH, Instant.EPOCH);
    StepSpec step =
        lab.steps().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    return new CheckRunner(
            lab,
            new CheckScope(aws, time::target, List.of(load)),
            References.of(lab).with("pipelab", "bin/pipelab"),
            VerifyOptions.ALL,
            new VerifyListener() {},
            time.eventually())
        .run(step, step.checks().get(0), broken);
  }
}
