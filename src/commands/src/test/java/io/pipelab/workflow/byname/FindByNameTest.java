package io.pipelab.workflow.byname;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.LabManifest;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.References;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.verify.FakeAws;
import io.pipelab.verify.HandMade.Missing;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.workflow.drive.LabLoads;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

class FindByNameTest {
  private static final String MANIFEST =
      """
      title: A lab
      summary: A lab to find.
      services: [SQS]
      cost: {hourlyUsd: 0}
      parameters:
        Size: {description: How large., value: 7}
      stacks:
        - {id: lab, template: stack.yaml}
      names:
        - kind: queue
          name: ${instance.prefix}jobs
          or: ["${instance.prefix}old-jobs"]
          outputs: {url: QueueUrl, arn: QueueArn}
        - {kind: topic, name: "${instance.prefix}news-*", outputs: {arn: TopicArn}}
      steps:
        - id: queue
          title: The queue
          hop: SQS
          checks:
            - {type: topic-exists, with: {topic: "${outputs.TopicArn}"}, hint: Create it.}
      """;

  private static final String TEMPLATE =
      """
      Resources: {}
      Outputs: {QueueUrl: {Value: u}, QueueArn: {Value: a}, TopicArn: {Value: t}, Size: {Value: s}}
      """;

  private final FakeAws aws = new FakeAws();
  private final List<String> told = new ArrayList<>();
  private final Path folder;
  private final Lab lab;
  private final Cloud cloud =
      new Cloud(new Target.Local(null), aws, Poller.near(), Deadline.in(Duration.ofMinutes(1)));
  private Bindings bindings;

  FindByNameTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    lab = lab(MANIFEST);
    bindings = unbound();
    queues("two-old-jobs", Instant.parse("2026-01-01T00:00:00Z"));
    topics("two-news-1", "news-2", "two-other");
    stacks();
  }

  private Bindings unbound() {
    return new Bindings(
        References.of(lab)
            .withParameters(Map.of("Size", "7"))
            .with("instance.prefix", "two-")
            .with("account", "1")
            .with("region", "here")
            .with("pipelab", "pipelab"));
  }

  private Lab lab(String manifest) throws IOException {
    Path own = Files.createDirectories(folder.resolve("demo"));
    Files.writeString(own.resolve("stack.yaml"), TEMPLATE);
    Files.writeString(own.resolve("lab.yaml"), manifest);
    return LabManifest.read(own);
  }

  @Test
  void partsAreFoundByAnyOfTheirNamesWithTheCopysPrefix() {
    find();

    assertEquals(List.of("queue: two-old-jobs", "topic: two-news-1"), told);
    assertEquals(
        Map.of(
            "QueueUrl", "http://h/1/two-old-jobs",
            "QueueArn", "arn:two-old-jobs",
            "TopicArn", "arn:aws:sns:here:1:two-news-1",
            "Size", "7"),
        bindings.references().outputs());
    assertEquals(Map.of(), bindings.madeByHand().orElseThrow().lab().missing());
  }

  @Test
  void whatIsMissingIsNamedAndFailsWhoeverNeedsIt() {
    queues("nothing", Instant.EPOCH);
    topics();

    find();

    assertEquals(
        List.of("no queue named two-jobs or two-old-jobs", "no topic named two-news-*"), told);
    Missing queue = bindings.madeByHand().orElseThrow().lab().missing().get("QueueUrl");
    assertEquals("pipelab aws sqs create-queue --queue-name two-jobs", queue.command());
    Failure failure =
        assertThrows(Failure.class, () -> bindings.references().resolve("${outputs.QueueUrl}"));
    assertEquals("no queue named two-jobs or two-old-jobs", failure.what());
  }

  @Test
  void severalOfAnOpenNameAreNotGuessed() {
    topics("two-news-1", "two-news-2");

    find();

    assertEquals("2 are a topic named two-news-*: two-news-1, two-news-2", told.get(1));
  }

  @Test
  void whatAStackGivesIsNotLookedFor() {
    stacks("QueueUrl", "http://stack/queue", "QueueArn", "arn:stack", "Size", "9");
    aws.on(
        GetQueueUrlRequest.class,
        request -> {
          throw new AssertionError("looked for " + request.queueName());
        });

    find();

    assertEquals(List.of("stack: pipelab-two-demo-lab", "topic: two-news-1"), told);
    assertEquals("http://stack/queue", bindings.references().outputs().get("QueueUrl"));
    assertEquals("9", bindings.references().outputs().get("Size"));
  }

  @Test
  void aTargetWithoutStacksIsSearchedAllTheSame() {
    aws.on(
        DescribeStacksRequest.class,
        request -> {
          throw CloudFormationException.builder()
              .statusCode(501)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("NotImplemented").build())
              .build();
        });

    find();

    assertEquals(
        List.of(
            "this target has no stacks: all parts are looked for by their names",
            "queue: two-old-jobs",
            "topic: two-news-1"),
        told);
  }

  @Test
  void whatWasSentIsKeptInTheUsersFolderAsLongAsTheQueueIsTheSame() {
    find();
    LoadRecord load = load(Instant.parse("2026-01-01T00:00:00Z"));
    LabLoads.of(cloud, bindings).add(load);
    LabLoads.of(cloud, bindings).add(load(Instant.parse("2025-12-31T23:59:59Z")));

    assertEquals(List.of(load), LabLoads.all(cloud, bindings));
    assertTrue(
        Files.isRegularFile(folder.resolve("kept/1-here/two-demo/pipelab/loads/r1767225600.json")));

    queues("two-old-jobs", Instant.parse("2026-01-02T00:00:00Z"));
    find();
    assertEquals(List.of(), LabLoads.all(cloud, bindings));
  }

  @Test
  void aLabThatNamesNothingIsRefused() throws IOException {
    Lab nameless = lab(MANIFEST.replaceAll("(?s)names:.*steps:", "steps:"));
    Failure failure =
        assertThrows(Failure.class, () -> LabParts.of(nameless, aws, bindings.references()));
    assertEquals("the parts of lab demo have no names to be found by", failure.what());
  }

  @Test
  void mistakesInNamesAreTold() throws IOException {
    Lab wrong =
        lab(
            MANIFEST
                .replace("kind: queue", "kind: queeu")
                .replace("{arn: TopicArn}", "{url: TopicArn}"));
    assertEquals(
        List.of(
            "unknown kind \"queeu\"; did you mean \"queue\"?",
            "a topic has no \"url\"; did you mean \"arn\"?"),
        PartKinds.mistakesIn(wrong).stream().map(Mistake::message).toList());
    Lab open = lab(MANIFEST.replace("kind: topic", "kind: role"));
    assertEquals(
        List.of("a role needs its whole name"),
        PartKinds.mistakesIn(open).stream().map(Mistake::message).toList());
  }

  /** Else a step of it could never hold by name. */
  @ParameterizedTest
  @ValueSource(strings = {"decoupling", "image-resize", "job-offers"})
  void everyOutputThatALabUsesCanBeFound(String id) {
    Lab bundled = LabCatalog.in(Path.of("templates")).lab(id);
    Set<String> known = new HashSet<>(bundled.parameters().keySet());
    bundled.names().forEach(part -> known.addAll(part.outputs().values()));
    Set<String> used = new TreeSet<>();
    bundled.steps().stream()
        .flatMap(step -> step.checks().stream())
        .map(CheckSpec::with)
        .forEach(with -> used.addAll(References.outputsIn(with)));
    bundled.drive().forEach(drive -> used.addAll(References.outputsIn(drive.with())));
    used.removeAll(known);
    assertEquals(Set.of(), used);
    assertEquals(List.of(), PartKinds.mistakesIn(bundled));
  }

  private static LoadRecord load(Instant started) {
    return new LoadRecord(
        "r" + started.getEpochSecond(), "http://h/1/two-old-jobs", 5, 5, 0, 0, started, started);
  }

  private void find() {
    told.clear();
    bindings = unbound();
    Progress progress =
        event -> {
          if (event instanceof Progress.Noted noted) {
            told.add(noted.text());
          } else if (event instanceof Progress.Took took) {
            told.add(took.words());
          }
        };
    new FindByName(new LabInstance(lab, "two", true), cloud, bindings, folder.resolve("kept"))
        .run(progress);
  }

  private void queues(String only, Instant created) {
    aws.on(
        GetQueueUrlRequest.class,
        request -> {
          if (!request.queueName().equals(only)) {
            throw QueueDoesNotExistException.builder().build();
          }
          return GetQueueUrlResponse.builder().queueUrl("http://h/1/" + only).build();
        });
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.QUEUE_ARN,
                    "arn:" + only,
                    QueueAttributeName.CREATED_TIMESTAMP,
                    String.valueOf(created.getEpochSecond())))
            .build());
  }

  private void topics(String... names) {
    List<Topic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(Topic.builder().topicArn("arn:aws:sns:here:1:" + name).build());
    }
    aws.on(ListTopicsRequest.class, ListTopicsResponse.builder().topics(topics).build());
  }

  /** A stack with these outputs; none without. */
  private void stacks(String... outputs) {
    List<Output> all = new ArrayList<>();
    for (int i = 0; i < outputs.length; i += 2) {
      all.add(Output.builder().outputKey(outputs[i]).outputValue(outputs[i + 1]).build());
    }
    aws.on(
        DescribeStacksRequest.class,
        request -> {
          if (all.isEmpty()) {
            throw CloudFormationException.builder()
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("ValidationError")
                        .errorMessage("Stack with id " + request.stackName() + " does not exist")
                        .build())
                .build();
          }
          return DescribeStacksResponse.builder()
              .stacks(
                  Stack.builder()
                      .stackName(request.stackName())
                      .stackStatus("CREATE_COMPLETE")
                      .outputs(all)
                      .build())
              .build();
        });
  }
}
