package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Whole lives of tasks, with real processes. */
class TaskRunTest {
  private Path directory;
  private TestEcs ecs;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary.toRealPath();
    ecs = new TestEcs(directory);
  }

  @AfterEach
  void stop() throws Exception {
    ecs.close();
    for (String folder : new String[] {"ecs/images", "ecs/tasks"}) {
      Path path = directory.resolve(folder);
      if (Files.exists(path)) {
        try (Stream<Path> left = Files.list(path)) {
          assertEquals(List.of(), left.toList());
        }
      }
    }
  }

  @Test
  void runsTheImagesProgramAndLogsWhatItSays() throws Exception {
    ecs.call(
        ecs.definition(
                container ->
                    container.environment(
                        KeyValuePair.builder().name("GREETING").value("definition").build()))
            .build());
    Task created = ecs.run();
    assertEquals("PROVISIONING", created.lastStatus());
    assertEquals("RUNNING", created.desiredStatus());
    Task stopped = ecs.awaitStopped(created);
    assertEquals(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, stopped.stopCode());
    assertEquals("Essential container in task exited", stopped.stoppedReason());
    Container container = stopped.containers().get(0);
    assertEquals(0, container.exitCode());
    assertEquals("STOPPED", container.lastStatus());
    assertTrue(container.imageDigest().startsWith("sha256:"));
    List<String> log = ecs.log(stopped);
    assertTrue(log.contains("say hello"), log.toString());
    assertTrue(log.contains("HOSTNAME=ip-10-0-0-4.ec2.internal"), log.toString());
    assertTrue(log.contains("GREETING=definition"), log.toString());
    assertTrue(log.contains("IMAGE_VARIABLE=image"), log.toString());
    assertTrue(log.contains("FILE=configured"), log.toString());
    assertTrue(
        log.stream().anyMatch(line -> line.matches("MAX_MIB=1[12]\\d")),
        "a quarter of 512 MiB, as a JVM takes in a container: " + log);
    for (Object time :
        new Object[] {
          stopped.pullStartedAt(),
          stopped.pullStoppedAt(),
          stopped.startedAt(),
          stopped.stoppingAt(),
          stopped.executionStoppedAt(),
          stopped.stoppedAt()
        }) {
      assertNotNull(time);
    }
  }

  @Test
  void anotherCommandAndVariablesComeByOverrides() throws Exception {
    ecs.register("exit", "1");
    RunTaskResponse response =
        ecs.call(
            TestEcs.runTask()
                .overrides(
                    o ->
                        o.containerOverrides(
                            ContainerOverride.builder()
                                .name("main")
                                .command(TestProgram.class.getName(), "say", "override")
                                .environment(
                                    KeyValuePair.builder().name("GREETING").value("o").build())
                                .build()))
                .build());
    Task stopped = ecs.awaitStopped(response.tasks().get(0));
    assertTrue(ecs.log(stopped).containsAll(List.of("say override", "GREETING=o")));
  }

  @Test
  void theExitCodeIsTheContainers() throws Exception {
    ecs.register("exit", "3");
    Task stopped = ecs.awaitStopped(ecs.run());
    assertEquals(3, stopped.containers().get(0).exitCode());
  }

  @Test
  void aTaskIsStoppedBySigterm() throws Exception {
    ecs.register("wait");
    Task task = ecs.await(ecs.run(), now -> ecs.log(now).contains("waiting"));
    assertEquals("RUNNING", task.lastStatus());
    ecs.call(
        StopTaskRequest.builder().cluster("demo").task(task.taskArn()).reason("enough").build());
    Task stopped = ecs.awaitStopped(task);
    assertEquals(TaskStopCode.USER_INITIATED, stopped.stopCode());
    assertEquals("enough", stopped.stoppedReason());
    assertEquals(143, stopped.containers().get(0).exitCode());
  }

  @Test
  void aTaskThatDoesNotEndIsKilledAfterItsStopTimeout() throws Exception {
    ecs.register("stubborn");
    Task task = ecs.await(ecs.run(), now -> ecs.log(now).contains("waiting"));
    ecs.call(StopTaskRequest.builder().cluster("demo").task(task.taskArn()).build());
    assertEquals("STOPPED", ecs.describe(task).desiredStatus());
    Task stopped = ecs.awaitStopped(task);
    assertEquals(137, stopped.containers().get(0).exitCode());
    assertEquals("Task stopped by user", stopped.stoppedReason());
  }

  @Test
  void theCloudsEndIsTheTasksEnd() throws Exception {
    ecs.register("stubborn");
    Task task = ecs.await(ecs.run(), now -> ecs.log(now).contains("waiting"));
    ecs.close();
    assertEquals("STOPPED", ecs.describe(task).lastStatus());
  }

  @Test
  void anImageThatIsNotThereFailsTheTask() throws Exception {
    ecs.call(ecs.definition(container -> container.image("none:v1")).build());
    Task stopped = ecs.awaitStopped(ecs.run());
    assertEquals(TaskStopCode.TASK_FAILED_TO_START, stopped.stopCode());
    assertTrue(
        stopped.stoppedReason().startsWith("CannotPullContainerError: "), stopped.stoppedReason());
    assertEquals(stopped.stoppedReason(), stopped.containers().get(0).reason());
    assertNull(stopped.containers().get(0).exitCode());
  }

  @Test
  void aProgramThatIsNotJavaFailsTheTaskByName() throws Exception {
    ecs.call(ecs.definition(container -> container.image("shell")).build());
    Task stopped = ecs.awaitStopped(ecs.run());
    assertTrue(stopped.stoppedReason().contains("'/bin/sh' is not java"), stopped.stoppedReason());
  }

  @Test
  void aMissingLogGroupFailsTheTaskAsOnFargate() throws Exception {
    ecs.register("say");
    ecs.groups.clear();
    Task stopped = ecs.awaitStopped(ecs.run());
    assertEquals(TaskStopCode.TASK_FAILED_TO_START, stopped.stopCode());
    assertTrue(
        stopped
            .stoppedReason()
            .startsWith("ResourceInitializationError: failed to validate logger"),
        stopped.stoppedReason());
    assertTrue(
        stopped.stoppedReason().contains("The specified log group does not exist."),
        stopped.stoppedReason());
  }

  @Test
  void containersKnowWhereTheyAre() throws Exception {
    ecs.register("exit", "0");
    ecs.awaitStopped(ecs.run());
    var environment = ecs.environments.get(0);
    assertEquals("us-east-1", environment.get("AWS_REGION"));
    assertEquals("http://127.0.0.1:1", environment.get("AWS_ENDPOINT_URL"));
    assertTrue(
        String.valueOf(environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
            .startsWith("http://127.0.0.1:1/_ecs/credentials/"));
    assertTrue(
        String.valueOf(environment.get("ECS_CONTAINER_METADATA_URI_V4"))
            .startsWith("http://127.0.0.1:1/_ecs/metadata/"));
    assertFalse(environment.containsKey("AWS_SECRET_ACCESS_KEY"));
  }

  @Test
  void aStoppedTaskStaysForAnHour() throws Exception {
    ecs.register("exit", "0");
    Task stopped = ecs.awaitStopped(ecs.run());
    ecs.clock.advance(Duration.ofMinutes(59));
    assertEquals("STOPPED", ecs.describe(stopped).lastStatus());
    // The hour is counted once the task's thread has come to its end.
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    software.amazon.awssdk.services.ecs.model.DescribeTasksResponse gone;
    do {
      ecs.clock.advance(Duration.ofMinutes(61));
      gone =
          ecs.call(
              software.amazon.awssdk.services.ecs.model.DescribeTasksRequest.builder()
                  .cluster("demo")
                  .tasks(stopped.taskArn())
                  .build());
    } while (gone.failures().isEmpty() && System.nanoTime() < end);
    assertEquals("MISSING", gone.failures().get(0).reason());
  }
}
