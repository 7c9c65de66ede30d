package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.image.ImageBuilder;
import io.pipelab.image.ImageRecipe;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

/**
 * Breaks the standing lab as people do, and holds {@code verify} to it: it names the step that is
 * broken and what fixes it; then that is done, and it does. Each breakage has a copy of the lab for
 * itself, and a few are looked at side by side.
 */
class BreakagesIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final int AT_ONCE = 4;

  /** A cloud minute takes a second and a half. */
  private static final String SPEED = "40";

  @TempDir static Path xdg;

  private static final Map<String, Future<?>> RUNNING = new LinkedHashMap<>();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
  private static Launched launched;
  private static SdkClients aws;

  private static Map<String, Consumer<LabCopy>> breakages() {
    Map<String, Consumer<LabCopy>> all = new LinkedHashMap<>();
    all.put("built", AsBuilt::breakOneAfterAnother);
    all.put("poison", BreakagesIT::poisonMessages);
    all.put("unsubscribed", BreakagesIT::functionUnsubscribed);
    all.put("taken", BreakagesIT::messagesTakenBySomebodyElse);
    all.put("crash", BreakagesIT::consumerThatCrashes);
    all.put("noimage", BreakagesIT::imageThatDoesNotExist);
    all.put("wrongalarm", BreakagesIT::alarmOnTheWrongQueue);
    all.put("few", BreakagesIT::tooFewMessages);
    all.put("offers", copy -> OffersAsBuilt.breakOneAfterAnother(copy.as("job-offers")));
    all.put("pictures", copy -> PictureBreakages.breakOneAfterAnother(copy.as("image-resize")));
    all.put("tasks", copy -> TaskBreakages.breakOneAfterAnother(copy.as("task-manager")));
    return all;
  }

  @BeforeAll
  static void startThemAll() throws Exception {
    assumeTrue(
        Launched.isOnPath("aws"),
        "the fixes are commands of the AWS command line, and there is none on the PATH");
    launched = new Launched(xdg);
    Launched.Ended start =
        launched.run("local", "start", "--speed", SPEED, "--region", "us-east-1");
    assertEquals(0, start.exitCode(), start.told());
    JsonNode cloud =
        new ObjectMapper().readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile());
    URI endpoint = URI.create(cloud.path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
    breakages()
        .forEach(
            (name, breakage) ->
                RUNNING.put(
                    name,
                    THREADS.submit(
                        () -> breakage.accept(new LabCopy(name, HOME, Shell.in(xdg), aws)))));
  }

  @AfterAll
  static void stop() throws Exception {
    THREADS.shutdownNow();
    if (aws == null) {
      return;
    }
    aws.close();
    launched.run("local", "stop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "built",
        "poison",
        "unsubscribed",
        "taken",
        "crash",
        "noimage",
        "wrongalarm",
        "few",
        "offers",
        "pictures",
        "tasks"
      })
  void verifyNamesTheBrokenStep(String breakage) throws Throwable {
    try {
      RUNNING.get(breakage).get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static void functionUnsubscribed(LabCopy lab) {
    lab.up();
    ByHand.unsubscribe(lab);
    lab.load(20);

    Verified seen =
        lab.verify(1)
            .brokenAt(
                "subscription", "SNS -> Lambda", "no subscription", "sns subscribe --topic-arn")
            .passed("alarm", "loaded", "alarm-fired")
            .becauseOf("subscription", "function-invoked", "tasks-started", "stored", "drained");

    lab.paste(seen, "subscription");
    Verified then = lab.verify(1, "--step", "function-invoked", "--within", "1s");
    lab.paste(then, "function-invoked");
    lab.verify(0).allPassed();
  }

  private static void alarmOnTheWrongQueue(LabCopy lab) {
    lab.up();
    ByHand.putAlarm(lab, lab.output("DeadLetterQueueName"));
    lab.load(20);

    Verified seen =
        lab.verify(1)
            .brokenAt("alarm", "SQS -> alarm -> SNS", "dead-letter", "cloudwatch put-metric-alarm")
            .passed("loaded")
            .becauseOf("alarm", "alarm-fired", "function-invoked", "tasks-started", "stored");

    // Nothing failed, but the command's time is up.
    lab.verify(4, "--step", "alarm-fired", "--timeout", "1s");

    lab.paste(seen, "alarm");
    lab.verify(0).allPassed();
  }

  private static void consumerThatCrashes(LabCopy lab) {
    lab.up();
    ImageRecipe another =
        new ImageRecipe(
            List.of(HOME.resolve("src/functions/consumer/target/pipelab-consumer.jar")),
            "io.pipelab.NoSuchProgram",
            "");
    lab.updateStack(
        new ImageBuilder(aws.ecr(), xdg.resolve("images"), fraction -> {})
            .publish(another, "crash-fasttracksaa")
            .uri());
    lab.load(20);
    awaitStoppedTask(lab); // a task that has just begun to fail looks like one that works

    lab.verify(1)
        .brokenAt("tasks-started", "Lambda -> ECS", "ended with exit code 1", "pipelab logs")
        .becauseOf("tasks-started", "stored", "drained");

    lab.up();
    lab.verify(0, "--step", "image", "--step", "task-definition", "--step", "function");
  }

  private static void awaitStoppedTask(LabCopy lab) {
    String cluster = lab.output("ClusterName");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (lab.aws
        .ecs()
        .listTasks(list -> list.cluster(cluster).desiredStatus(DesiredStatus.STOPPED))
        .taskArns()
        .isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no task of " + cluster + " stopped within three minutes");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private static void imageThatDoesNotExist(LabCopy lab) {
    lab.up();
    String good = lab.output("ImageUri");
    lab.updateStack(good.replaceFirst("@sha256:.*", "@sha256:" + "0".repeat(64)));
    lab.load(20);

    Verified seen =
        lab.verify(1)
            .brokenAt(
                "image", "ECR", "does not hold it", "pipelab up decoupling --instance noimage")
            .passed("task-definition", "function", "loaded", "alarm-fired", "function-invoked")
            .becauseOf("image", "tasks-started", "stored", "drained");

    lab.paste(seen, "image");
    assertEquals(good, lab.output("ImageUri"));
    lab.verify(0, "--step", "image", "--step", "task-definition", "--step", "function");
  }

  /** Poison is counted by its sender; a message that nobody told of is too much. */
  private static void poisonMessages(LabCopy lab) {
    lab.up();
    lab.load(20, "--poison", "1");
    lab.verify(0).allPassed();

    aws.sqs().sendMessage(send -> send.queueUrl(lab.output("QueueUrl")).messageBody("no number"));
    lab.load(20);
    lab.verify(1).brokenAt("drained", "ECS -> SQS", "2 dead letters", "sqs receive-message");
  }

  private static void messagesTakenBySomebodyElse(LabCopy lab) {
    lab.up();
    lab.load(20);
    aws.sqs().purgeQueue(purge -> purge.queueUrl(lab.output("QueueUrl")));

    Verified seen =
        lab.verify(1, "--within", "10s")
            .brokenAt(
                "loaded", "load -> SQS", "neither in the queues nor in the table", "load-queue");
    lab.paste(seen, "loaded");
    lab.verify(0, "--step", "loaded");
  }

  /** Below the threshold nothing may start, and each step says that this is what it looked for. */
  private static void tooFewMessages(LabCopy lab) {
    lab.up();
    lab.load(5);

    Verified verified = lab.verify(0);
    verified.allPassed();
    assertEquals(
        "5 messages are not above 10: no change into ALARM", verified.expectedOf("alarm-fired"));
    assertEquals(
        "5 messages are not above 10: depth 5, none in flight", verified.expectedOf("drained"));
  }
}
