package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabManifest;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.lab.UnknownName;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class VerificationTest {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A lab to verify.
      services: [SQS]
      cost: {hourlyUsd: 0}
      stacks:
        - id: lab
          template: stack.yaml
      drive:
        - action: load-queue
      steps:
        - id: topic
          title: The topic
          hop: SNS
          checks:
            - {type: topic-exists, with: {topic: "${outputs.TopicArn}"}, hint: "create ${outputs.TopicArn}"}
        - id: cluster
          title: The cluster
          hop: ECS
          checks:
            - {type: cluster-status, with: {cluster: c}, hint: create it}
        - id: drained
          title: The queue is empty
          hop: ECS -> SQS
          needsLoad: true
          needs: [topic]
          checks:
            - {type: queue-depth, with: {queue: q, equals: 0}, hint: wait}
      """;

  private static final GetTopicAttributesResponse TOPIC =
      GetTopicAttributesResponse.builder().attributes(Map.of("TopicArn", "arn:topic")).build();

  private final Path folder;
  private final FakeAws aws = new FakeAws();
  private final FakeTime time = new FakeTime(20);
  private final List<String> heard = new ArrayList<>();
  private List<LoadRecord> loads =
      List.of(new LoadRecord("r1", "q", 5, 5, 0, 0, Instant.EPOCH, Instant.EPOCH));
  private Lab lab;

  VerificationTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("stack.yaml"), "Outputs: {TopicArn: {Value: x}}\n");
    lab = manifest(folder, MANIFEST);
  }

  @BeforeEach
  void aLabThatWorks() {
    aws.on(GetTopicAttributesRequest.class, TOPIC);
    aws.on(
        DescribeClustersRequest.class,
        DescribeClustersResponse.builder()
            .clusters(Cluster.builder().status("ACTIVE").build())
            .build());
    depth(0);
  }

  @Test
  void everyStepPasses() {
    List<StepResult> results = verify(VerifyOptions.ALL);

    assertEquals(List.of("topic PASSED", "cluster PASSED", "drained PASSED"), words(results));
    assertTrue(Verdict.of(results).isGood());
    assertNull(results.get(0).checks().get(0).hint());
    assertEquals(
        List.of("ended topic", "ended cluster", "ended drained"),
        heard.stream().filter(word -> word.startsWith("ended")).toList());
    assertTrue(heard.contains("saw drained queue-depth depth 0, 0 in flight"));
  }

  @Test
  void theFirstBrokenHopIsTheVerdictAndWhatFollowsIsOnlyLookedAtBriefly() {
    aws.on(
        GetTopicAttributesRequest.class,
        request -> {
          throw NotFoundException.builder().build();
        });
    depth(5);

    List<StepResult> results = verify(VerifyOptions.ALL);

    assertEquals(List.of("topic FAILED", "cluster PASSED", "drained PENDING"), words(results));
    Verdict verdict = Verdict.of(results);
    assertFalse(verdict.isGood());
    assertEquals("SNS", verdict.firstBroken().orElseThrow().hop());
    CheckResult topic = results.get(0).checks().get(0);
    assertEquals("there is no topic topic", topic.actual());
    assertEquals("create arn:topic", topic.hint());
    CheckResult drained = results.get(2).checks().get(0);
    assertEquals("fix \"topic\" (SNS) first", drained.hint());
    assertTrue(drained.seconds() < 8, "waited " + drained.seconds());
  }

  @Test
  void withoutALoadItsStepsAreSkipped() {
    loads = List.of();

    List<StepResult> results = verify(VerifyOptions.ALL);

    assertEquals(List.of("topic PASSED", "cluster PASSED", "drained SKIPPED"), words(results));
    CheckResult check = results.get(2).checks().get(0);
    assertEquals("nothing loaded since up", check.actual());
    assertEquals("Drive the lab, then verify again.", check.hint());
    assertEquals("pipelab load-queue " + lab.id(), check.command());
    assertEquals(1, Verdict.of(results).skipped());
  }

  @Test
  void whatTheTargetCannotDoIsSaid() {
    aws.on(
        DescribeClustersRequest.class,
        request -> {
          throw EcsException.builder()
              .statusCode(501)
              .awsErrorDetails(
                  AwsErrorDetails.builder()
                      .errorCode("InternalFailure")
                      .errorMessage("no ecs here")
                      .build())
              .build();
        });

    List<StepResult> results = verify(VerifyOptions.ALL);

    assertEquals(List.of("topic PASSED", "cluster UNSUPPORTED", "drained PASSED"), words(results));
    assertEquals(
        "the target cannot: InternalFailure: no ecs here", results.get(1).checks().get(0).actual());
  }

  @Test
  void whatNeedsWhatTheTargetCannotDoIsNotSupportedEither() {
    aws.on(
        GetTopicAttributesRequest.class,
        request -> {
          throw SnsException.builder()
              .statusCode(501)
              .awsErrorDetails(
                  AwsErrorDetails.builder().errorCode("NotImplemented").errorMessage("no").build())
              .build();
        });
    assertEquals(
        List.of("topic UNSUPPORTED", "cluster PASSED", "drained PASSED"),
        words(verify(VerifyOptions.ALL)));

    depth(5);
    List<StepResult> results = verify(VerifyOptions.ALL);

    assertEquals(
        List.of("topic UNSUPPORTED", "cluster PASSED", "drained UNSUPPORTED"), words(results));
    assertEquals(
        "depth 5, 0 in flight; it needs \"topic\", which is not supported here",
        results.get(2).checks().get(0).actual());
    assertNull(results.get(2).checks().get(0).hint());
  }

  @Test
  void onlyTheStepsThatWereAskedFor() {
    assertEquals(
        List.of("cluster PASSED"), words(verify(new VerifyOptions(Set.of("cluster"), null))));
    UnknownName unknown =
        assertThrows(UnknownName.class, () -> verify(new VerifyOptions(Set.of("clutser"), null)));
    assertEquals("there is no step \"clutser\"; did you mean \"cluster\"?", unknown.getMessage());
  }

  @Test
  void eachCheckIsWaitedForAsLongAsTheUserSays() {
    depth(5);

    List<StepResult> results = verify(new VerifyOptions(Set.of(), Duration.ofSeconds(20)));

    assertEquals(List.of("topic PASSED", "cluster PASSED", "drained LATE"), words(results));
    assertEquals(20, results.get(2).checks().get(0).seconds());
  }

  @Test
  void whenTheWholeTimeIsOverWhatIsLeftIsLookedAtOnce() {
    depth(5);

    List<StepResult> some = verify(VerifyOptions.ALL.until(Duration.ofSeconds(7)));
    List<StepResult> none = verify(VerifyOptions.ALL.until(Duration.ZERO));

    assertEquals(7, some.get(2).checks().get(0).seconds());
    assertEquals(List.of("topic PASSED", "cluster PASSED", "drained LATE"), words(none));
    assertEquals(0, none.get(2).checks().get(0).seconds());
  }

  @Test
  void wrongTypesAndSettingsAreToldWithTheirLines() throws IOException {
    lab =
        manifest(
            folder,
            MANIFEST
                .replace("type: topic-exists", "type: topic-exist")
                .replace("{cluster: c}", "{clutser: c}"));

    ManifestError error = assertThrows(ManifestError.class, () -> verify(VerifyOptions.ALL));

    assertEquals(
        List.of(
            "lab.yaml:15: topic.topic-exist.type: unknown check type \"topic-exist\"; did you mean"
                + " \"topic-exists\"?",
            "lab.yaml:20: cluster.cluster-status.clutser: unknown key: check type cluster-status has"
                + " no such setting; did you mean \"cluster\"?",
            "lab.yaml:20: cluster.cluster-status.cluster: is missing: check type cluster-status"
                + " needs this setting"),
        error.mistakes().stream()
            .map(mistake -> mistake.toString().replace(lab.folder() + "/", ""))
            .toList());
  }

  private static Lab manifest(Path folder, String text) throws IOException {
    Files.writeString(folder.resolve("lab.yaml"), text);
    return LabManifest.read(folder);
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

  private List<StepResult> verify(VerifyOptions options) {
    VerifyListener listener =
        new VerifyListener() {
          @Override
          public void saw(
              Lab.StepSpec step,
              Lab.CheckSpec check,
              io.pipelab.verify.check.Observation seen,
              Duration atMost) {
            heard.add("saw " + step.id() + " " + check.id() + " " + seen.actual());
          }

          @Override
          public void ended(StepResult result) {
            heard.add("ended " + result.id());
          }
        };
    References references =
        References.of(lab).withOutputs(Map.of("TopicArn", "arn:topic")).with("pipelab", "pipelab");
    CheckScope scope = new CheckScope(aws, time::target, loads);
    return new Verification(lab, scope, references, options, listener, time.eventually()).run();
  }

  private static List<String> words(List<StepResult> results) {
    return results.stream().map(result -> result.id() + " " + result.status()).toList();
  }
}
