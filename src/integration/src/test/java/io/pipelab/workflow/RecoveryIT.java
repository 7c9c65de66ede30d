package io.pipelab.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.Waits;
import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.References;
import io.pipelab.local.CloudInProcess;
import io.pipelab.target.Connection;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.SdkClients;
import io.pipelab.target.Target;
import io.pipelab.workflow.down.DeleteStack;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.up.DeployStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Stacks go up and down from every state in which they may be found. */
class RecoveryIT {
  private static final String BUCKET = "recovery-bucket";
  private static final String STACK = "pipelab-recovery-first";

  @TempDir static Path folder;
  private static CloudInProcess cloudInProcess;
  private static SdkClients clients;

  private final List<String> told = new ArrayList<>();
  private final Progress progress =
      event -> {
        if (event instanceof Progress.Noted noted) {
          synchronized (told) {
            told.add(noted.text());
          }
        }
      };

  @BeforeAll
  static void startCloud() throws IOException {
    cloudInProcess = CloudInProcess.start(folder.resolve("cloud"));
    clients =
        new SdkClients(() -> Connection.embedded(cloudInProcess.endpoint(), "us-east-1"), "test");
  }

  @AfterAll
  static void stopCloud() {
    clients.close();
    cloudInProcess.close();
  }

  @BeforeEach
  void writeLab() throws IOException {
    lab("");
  }

  @AfterEach
  void nothingIsLeft() {
    down();
    assertTrue(stack().isEmpty());
    assertTrue(clients.s3().listBuckets().buckets().isEmpty());
    assertTrue(clients.sqs().listQueues().queueUrls().isEmpty());
  }

  @Test
  void fromNothing() {
    up();
    assertEquals("CREATE_COMPLETE", status());
  }

  @Test
  void fromAStandingStack() throws IOException {
    up();
    up();
    assertEquals("CREATE_COMPLETE", status());
    assertTrue(told.contains("stack " + STACK + " is up to date"), told::toString);
    lab("      VisibilityTimeout: 7");
    up();
    assertEquals("UPDATE_COMPLETE", status());
  }

  @Test
  void fromAFailedCreation() {
    clients.s3().createBucket(r -> r.bucket(BUCKET));
    Failure failure = assertThrows(Failure.class, this::up);
    assertEquals(Failure.Kind.STACK_FAILED, failure.kind());
    assertTrue(failure.what().contains("AWS::S3::Bucket Bucket ("), failure.what());
    assertEquals("ROLLBACK_COMPLETE", status());
    clients.s3().deleteBucket(r -> r.bucket(BUCKET));

    up();
    assertEquals("CREATE_COMPLETE", status());
    assertTrue(
        told.contains("stack " + STACK + " is ROLLBACK_COMPLETE: deleting it first"),
        told::toString);
  }

  @Test
  void fromAFailedUpdate() throws IOException {
    up();
    lab("      VisibilityTimeout: 7\n      MessageRetentionPeriod: 1");
    assertThrows(Failure.class, this::up);
    assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
    lab("      VisibilityTimeout: 8");
    up();
    assertEquals("UPDATE_COMPLETE", status());
  }

  @Test
  void fromAChangeSetThatNobodyExecuted() {
    review();
    assertEquals("REVIEW_IN_PROGRESS", status());
    up();
    assertEquals("CREATE_COMPLETE", status());
  }

  @Test
  void downFromAChangeSetThatNobodyExecuted() {
    review();
    down();
    assertTrue(stack().isEmpty());
  }

  @Test
  void fromADeletionThatABucketStopped() {
    failDeletion();
    up();
    assertEquals("CREATE_COMPLETE", status());
  }

  @Test
  void downFromADeletionThatABucketStopped() {
    failDeletion();
    down();
    assertTrue(stack().isEmpty());
  }

  @Test
  void downWhileSomethingStillWrites() {
    up();
    put("first");
    AtomicBoolean late = new AtomicBoolean(true);
    Progress writing =
        event -> {
          progress.on(event);
          boolean emptied =
              event instanceof Progress.Noted noted && noted.text().contains("removed");
          if (emptied && late.getAndSet(false)) {
            put("late");
          }
        };
    new DeleteStack(new LabCopy("recovery", ""), STACK, cloud()).run(writing);
    assertTrue(stack().isEmpty());
    assertTrue(
        told.contains("something was written while stack " + STACK + " was deleted: once more"),
        told::toString);
  }

  private static void put(String key) {
    clients.s3().putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("x"));
  }

  @Test
  void downFromAFailedCreation() {
    clients.s3().createBucket(r -> r.bucket(BUCKET));
    assertThrows(Failure.class, this::up);
    clients.s3().deleteBucket(r -> r.bucket(BUCKET));
    down();
    assertTrue(stack().isEmpty());
  }

  @Test
  void downFromNothing() {
    down();
    assertTrue(told.contains("stack " + STACK + " is not there"), told::toString);
  }

  @Test
  void twoUpsAtOnceEndWithOneStack() throws Exception {
    together(this::up, this::up, this::up);
    assertEquals("CREATE_COMPLETE", status());
  }

  @Test
  void twoUpdatesAtOnceEndWell() throws Exception {
    up();
    lab("      VisibilityTimeout: 9");
    together(this::up, this::up, this::up);
    assertEquals("UPDATE_COMPLETE", status());
  }

  @Test
  void aDownWhileItIsBeingCreatedWaits() throws Exception {
    create();
    down();
    assertTrue(stack().isEmpty());
  }

  @Test
  void anUpWhileItIsBeingCreatedWaits() {
    create();
    up();
    assertEquals("UPDATE_COMPLETE", status(), "it has our tags now");
  }

  @Test
  void anUpWhileItIsBeingDeletedCreatesItAnew() {
    up();
    String before = stack().get(0).stackId();
    clients.cloudFormation().deleteStack(r -> r.stackName(STACK));
    up();
    assertEquals("CREATE_COMPLETE", status());
    assertFalse(before.equals(stack().get(0).stackId()));
  }

  private void create() {
    clients.cloudFormation().createStack(r -> r.stackName(STACK).templateBody(template()));
  }

  private void review() {
    CloudFormationClient cloudFormation = clients.cloudFormation();
    cloudFormation.createChangeSet(
        r ->
            r.stackName(STACK)
                .changeSetName("review")
                .changeSetType(ChangeSetType.CREATE)
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .templateBody(template()));
    try (var waiter = cloudFormation.waiter()) {
      waiter.waitUntilChangeSetCreateComplete(
          r -> r.stackName(STACK).changeSetName("review"), Waits::near);
    }
  }

  private void failDeletion() {
    up();
    clients
        .s3()
        .putObject(r -> r.bucket(BUCKET).key("somebody's.txt"), RequestBody.fromString("mine"));
    clients.cloudFormation().deleteStack(r -> r.stackName(STACK));
    cloud()
        .poller()
        .until(
            "the deletion to fail",
            cloud().deadline(),
            () ->
                stack().stream()
                    .filter(s -> s.stackStatusAsString().equals("DELETE_FAILED"))
                    .findFirst());
  }

  private void up() {
    Lab lab = LabCatalog.in(folder.resolve("labs")).lab("recovery");
    LabInstance instance = new LabInstance(lab, "");
    Bindings bindings = new Bindings(References.of(lab).withParameters(Map.of()));
    new DeployStack(instance, lab.stacks().get(0), "", "run", cloud(), bindings).run(progress);
  }

  private void down() {
    new DeleteStack(new LabCopy("recovery", ""), STACK, cloud()).run(progress);
  }

  private static void together(Runnable... works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.length);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable work : works) {
        running.add(threads.submit(work));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Cloud cloud() {
    return new Cloud(
        new Target.Local(null), clients, Poller.near(), Deadline.in(Duration.ofMinutes(5)));
  }

  private static List<Stack> stack() {
    return new Stacks(clients.cloudFormation()).find(STACK).stream().toList();
  }

  private static String status() {
    return stack().get(0).stackStatusAsString();
  }

  private static String template() {
    try {
      return Files.readString(folder.resolve("labs/recovery/first.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lab(String queueProperties) throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs/recovery"));
    Files.writeString(
        lab.resolve("lab.yaml"),
        """
        title: Recovery
        summary: A bucket and a queue.
        services: [S3, SQS]
        cost:
          hourlyUsd: 0
          note: nothing
        stacks:
          - id: first
            template: first.yaml
        steps:
          - id: stacks
            title: Nothing waits
            hop: SQS
            checks:
              - type: queue-depth
                hint: nothing to be done
        """);
    Files.writeString(
        lab.resolve("first.yaml"),
        """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: %s
          Queue:
            Type: AWS::SQS::Queue
            DependsOn: Bucket
            Properties:
              QueueName: recovery-queue
        %s
        """
            .formatted(BUCKET, queueProperties));
  }
}
