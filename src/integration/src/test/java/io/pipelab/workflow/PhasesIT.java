package io.pipelab.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.Phase;
import io.pipelab.local.CloudInProcess;
import io.pipelab.target.Connection;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.SdkClients;
import io.pipelab.target.Target;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.doctor.LeastPolicy;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.stack.StandingPhase;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Launcher;
import io.pipelab.workflow.step.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Each lab grows phase by phase, shows at each point what its page says, and goes back again, seen
 * by the AWS SDK. What {@code run} does with the phases, LabsIT holds.
 */
class PhasesIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Progress SILENT = event -> {};

  @TempDir static Path folder;
  private static CloudInProcess cloudInProcess;
  private static SdkClients aws;

  @BeforeAll
  static void startCloud() throws IOException {
    cloudInProcess = CloudInProcess.start(folder.resolve("cloud"));
    aws = new SdkClients(() -> Connection.embedded(cloudInProcess.endpoint(), "us-east-1"), "test");
  }

  @AfterAll
  static void stopCloud() {
    aws.close();
    cloudInProcess.close();
  }

  @Test
  void picturesComeOnePartAfterTheOther() {
    Copy lab = new Copy("image-resize");
    lab.upTo("topic-and-queues");
    assertEquals(Set.of("topic", "queues", "subscriptions"), lab.judged());
    assertFalse(lab.output("PictureBucketName").isPresent(), "an output goes with its resource");
    lab.drive("topic-and-queues");
    for (String queue : List.of("ThumbnailQueueUrl", "MobileQueueUrl")) {
      String body = lab.only(queue).body();
      assertTrue(
          body.contains("\"Type\" : \"Notification\"")
              || body.contains("\"Type\":\"Notification\""),
          body);
      assertTrue(body.contains("Testing Hello world"), body);
    }
    assertNotBuilt(() -> lab.drive("functions"), "functions", "bucket (2 of 4)");

    lab.next("bucket");
    assertEquals(
        Set.of("topic", "queues", "subscriptions", "topic-policy", "bucket", "notification"),
        lab.judged());
    until("the test event in both queues", () -> lab.depth("ThumbnailQueueUrl") == 2);
    until("the test event in both queues", () -> lab.depth("MobileQueueUrl") == 2);

    lab.next("functions");
    until("what waited is worked off", () -> lab.depth("ThumbnailQueueUrl") == 0);
    until("what waited is worked off", () -> lab.depth("MobileQueueUrl") == 0);
    until(
        "the function said so",
        () -> lab.log("ThumbnailFunctionLogGroup").contains("Testing Hello world"));
    until(
        "the function said so",
        () -> lab.log("ThumbnailFunctionLogGroup").contains("s3:TestEvent"));
    assertTrue(lab.rules().isEmpty(), "nothing expires yet");

    lab.next("keep-tidy");
    assertEquals(List.of("cleanup"), lab.rules());
    assertEquals(Optional.empty(), lab.instance.lab().phases().after(lab.standing()));

    lab.upTo("functions");
    assertTrue(lab.rules().isEmpty(), "going back is an update, too");
    String bucket = lab.output("PictureBucketName").orElseThrow();
    aws.s3().putObject(put -> put.bucket(bucket).key("a.txt"), RequestBody.fromString("mine"));
    lab.upTo("topic-and-queues");
    assertThrows(S3Exception.class, () -> aws.s3().headBucket(head -> head.bucket(bucket)));
    assertEquals(
        Set.copyOf(lab.instance.lab().phases().phase("topic-and-queues").resources()),
        lab.resources());
    lab.down();
  }

  @Test
  void offersWaitInTheQueueBeforeAnybodyTakesThem() {
    Copy lab = new Copy("job-offers");
    lab.upTo("ingest");
    lab.drive("ingest");
    until("the queue is full", () -> lab.depth("QueueUrl") > 100);
    assertEquals(
        Set.of(
            "bucket",
            "queues",
            "roles",
            "functions",
            "permission",
            "notification",
            "uploaded",
            "queued"),
        lab.judged());
    int waiting = lab.depth("QueueUrl");
    assertNotBuilt(() -> lab.drive("api"), "ingest", "api (3 of 4)");

    lab.next("store");
    until("the trigger takes what waited", () -> lab.depth("QueueUrl") == 0);
    String table = lab.output("TableName").orElseThrow();
    until(
        "the rows are items",
        () -> aws.dynamoDb().scan(scan -> scan.tableName(table)).count() > waiting / 2);

    lab.next("api");
    lab.drive("api");
    lab.next("delivery");

    lab.upTo("ingest");
    assertTrue(aws.dynamoDb().listTables().tableNames().stream().noneMatch(table::equals));
    lab.down();
  }

  @Test
  void theLiveHalfIsAddedToWhatWasPrepared() {
    Copy lab = new Copy("decoupling");
    lab.upTo("prepared");
    assertEquals(
        Set.of(
            "table", "image", "cluster", "task-definition", "security-group", "roles", "function"),
        lab.judged());
    assertTrue(
        aws.sqs().listQueues().queueUrls().stream()
            .noneMatch(url -> url.contains("demo-decoupling")));
    assertNotBuilt(() -> lab.drive("live"), "prepared", "live (2 of 2)");
    String revision = lab.output("TaskDefinitionArn").orElseThrow();

    lab.next("live");
    assertEquals(revision, lab.output("TaskDefinitionArn").orElseThrow(), "only added to");
    assertTrue(
        lab.output("TaskQueueUrl")
            .orElseThrow()
            .endsWith(path(lab.output("QueueUrl").orElseThrow())));
    assertEquals(lab.output("TaskQueueArn"), lab.output("QueueArn"));
    assertEquals(Set.of(), lab.notBuilt());

    lab.upTo("prepared");
    assertEquals(
        Set.copyOf(lab.instance.lab().phases().phase("prepared").resources()), lab.resources());
    assertEquals(7, lab.judged().size());
    lab.down();
  }

  private static void until(String what, BooleanSupplier holds) {
    Poller.near()
        .until(
            what,
            Deadline.in(Duration.ofMinutes(2)),
            () -> holds.getAsBoolean() ? Optional.of(what) : Optional.empty());
  }

  private static String path(String url) {
    return url.replaceFirst("^https?://[^/]+", "");
  }

  private static void assertNotBuilt(Runnable work, String standing, String needed) {
    Failure failure = assertThrows(Failure.class, work::run);
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertTrue(failure.what().endsWith("it comes with phase " + needed), failure.what());
    assertTrue(String.valueOf(failure.next()).contains(" --next'"), failure.next());
  }

  /** One copy of a lab in this cloud. */
  private static final class Copy {
    private final LabInstance instance;
    private final Map<String, String> parameters;
    private final Workflows workflows;
    private final RecordedCalls calls = new RecordedCalls();
    private Building building;

    Copy(String id) {
      Lab lab = LabCatalog.in(HOME.resolve("templates")).lab(id);
      instance = new LabInstance(lab, "");
      parameters = lab.parameterValues(true, Map.of());
      workflows =
          new Workflows(
              new Cloud(
                  new Target.Local(null),
                  calls.of(aws),
                  Poller.near(),
                  Deadline.in(Duration.ofMinutes(5))),
              Optional.empty(),
              facts -> {},
              new Artifacts(
                  HOME.resolve("src/functions"),
                  HOME.resolve("samples"),
                  folder.resolve("images"),
                  folder.resolve("records")),
              new Launcher("pipelab", List.of()));
      building = workflows.building(instance, parameters, "run", List.of());
    }

    void upTo(String phase) {
      building = workflows.building(instance, parameters, "run", List.of());
      building.upTo(phase).run(SILENT);
      assertEquals(phase, standing());
    }

    /** One more than stands, as {@code run} goes on. */
    void next(String phase) {
      Phase next = instance.lab().phases().after(standing()).orElseThrow();
      assertEquals(phase, next.id());
      building.further(next).run(SILENT);
      assertEquals(phase, standing());
    }

    void drive(String phase) {
      workflows
          .drive(instance, parameters, "run-" + phase, instance.lab().phases().phase(phase).drive())
          .run(SILENT);
    }

    String standing() {
      return StandingPhase.of(instance, new Stacks(aws.cloudFormation())).orElse("");
    }

    /** The steps that are judged, each of which must hold. */
    Set<String> judged() {
      List<StepResult> results = verify();
      List<StepResult> judged =
          results.stream().filter(step -> step.status() != CheckStatus.NOT_BUILT).toList();
      judged.forEach(step -> assertEquals(CheckStatus.PASSED, step.status(), step::toString));
      return judged.stream().map(StepResult::id).collect(Collectors.toSet());
    }

    Set<String> notBuilt() {
      return verifyBuilt().stream()
          .filter(step -> step.status() == CheckStatus.NOT_BUILT)
          .map(StepResult::id)
          .collect(Collectors.toSet());
    }

    private List<StepResult> verify() {
      return workflows.verify(instance, parameters, VerifyOptions.ALL).run(SILENT);
    }

    /** Without waiting for what moves. */
    private List<StepResult> verifyBuilt() {
      return workflows
          .verify(instance, parameters, new VerifyOptions(Set.of(), Duration.ZERO))
          .run(SILENT);
    }

    Optional<String> output(String key) {
      return instance.lab().stacks().stream()
          .map(stack -> new Stacks(aws.cloudFormation()).find(instance.stackName(stack)))
          .flatMap(Optional::stream)
          .map(Stack::outputs)
          .flatMap(List::stream)
          .filter(output -> output.outputKey().equals(key))
          .map(output -> output.outputValue())
          .findFirst();
    }

    /** The logical ids of what the lab's own stack holds. */
    Set<String> resources() {
      Lab.StackSpec own = instance.lab().stacks().get(1);
      return new Stacks(aws.cloudFormation())
          .resources(instance.stackName(own)).stream()
              .filter(each -> !each.resourceStatusAsString().equals("DELETE_COMPLETE"))
              .map(StackResourceSummary::logicalResourceId)
              .collect(Collectors.toSet());
    }

    int depth(String queue) {
      Map<QueueAttributeName, String> attributes =
          aws.sqs()
              .getQueueAttributes(
                  get ->
                      get.queueUrl(output(queue).orElseThrow())
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    /** The one message of a queue, which stays in it. */
    Message only(String queue) {
      List<Message> messages =
          aws.sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(output(queue).orElseThrow())
                          .waitTimeSeconds(10)
                          .visibilityTimeout(0))
              .messages();
      assertEquals(1, messages.size());
      return messages.get(0);
    }

    String log(String group) {
      return aws
          .logs()
          .filterLogEvents(filter -> filter.logGroupName(output(group).orElseThrow()))
          .events()
          .stream()
          .map(event -> event.message())
          .collect(Collectors.joining());
    }

    /** The ids of the bucket's lifecycle rules. */
    List<String> rules() {
      String bucket = output("PictureBucketName").orElseThrow();
      try {
        return aws.s3().getBucketLifecycleConfiguration(get -> get.bucket(bucket)).rules().stream()
            .map(rule -> rule.id())
            .toList();
      } catch (NoSuchBucketException e) {
        throw e;
      } catch (S3Exception e) {
        assertEquals("NoSuchLifecycleConfiguration", e.awsErrorDetails().errorCode());
        return List.of();
      }
    }

    void down() {
      assertEquals(List.of(), workflows.down(instance).run(SILENT));
      assertEquals(Set.of(), refused(), "what the printed policy would have refused");
    }

    /** The actions that were taken, and that {@code doctor --print-policy} does not allow. */
    private Set<String> refused() {
      Set<String> refused = new TreeSet<>(calls.actions());
      LeastPolicy.documents(
              instance, parameters, new LeastPolicy.Place("aws", "*", "*"), LeastPolicy.Use.UP)
          .stream()
          .flatMap(document -> ((List<?>) document.get("Statement")).stream())
          .flatMap(statement -> ((List<?>) ((Map<?, ?>) statement).get("Action")).stream())
          .forEach(refused::remove);
      return refused;
    }
  }
}
