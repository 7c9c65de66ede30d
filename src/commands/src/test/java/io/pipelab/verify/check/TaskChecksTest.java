package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.container.TasksRan;
import io.pipelab.verify.check.container.TasksStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** The checks of the tasks that a load started. */
class TaskChecksTest extends CheckTest {
  private final List<Task> tasks = new ArrayList<>();
  private final Set<String> withOutput = new TreeSet<>();

  @BeforeEach
  void answers() {
    aws.on(
        ListTasksRequest.class,
        request ->
            ListTasksResponse.builder()
                .taskArns(
                    tasks.stream()
                        .filter(
                            task -> task.desiredStatus().equals(request.desiredStatusAsString()))
                        .map(Task::taskArn)
                        .toList())
                .build());
    aws.on(
        DescribeTasksRequest.class,
        request -> DescribeTasksResponse.builder().tasks(tasks).build());
    aws.on(
        DescribeLogStreamsRequest.class,
        request ->
            DescribeLogStreamsResponse.builder()
                .logStreams(
                    withOutput.stream()
                        .map(
                            id ->
                                LogStream.builder()
                                    .logStreamName("ecs/c/" + id)
                                    .firstEventTimestamp(LOAD_ENDED.toEpochMilli())
                                    .build())
                        .toList())
                .build());
    aws.on(
        GetLogEventsRequest.class,
        GetLogEventsResponse.builder().events(event -> event.message("no such table\n")).build());
  }

  @Test
  void tasksWithOutputRan() {
    assertSeen(State.NOT_YET, "no task", ran());
    running("1");
    running("2");
    assertSeen(State.NOT_YET, "2 tasks, 0 with output", ran());
    withOutput.addAll(Set.of("1", "2"));
    assertSeen(State.HOLDS, "2 tasks, 2 with output", ran());
    running("3");
    assertSeen(State.NEVER, "3 tasks, 2 with output", ran());
  }

  @Test
  void tasksOfEarlierLoadsDoNotCount() {
    tasks.add(task("0", "RUNNING").createdAt(LOAD_BEGAN.minusSeconds(1)).build());
    assertSeen(State.NOT_YET, "no task", ran());
  }

  @Test
  void whatEcsForgotIsKnownFromTheLogs() {
    withOutput.addAll(Set.of("1", "2"));
    assertSeen(State.HOLDS, "2 tasks wrote logs; ECS does not know them any more", ran());
    assertSeen(State.SKIPPED, null, stopped());
  }

  @Test
  void aTaskThatCannotStartIsToldAtOnce() {
    tasks.add(
        task("1", "STOPPED")
            .stopCode("TaskFailedToStart")
            .stoppedReason("CannotPullContainerError: not found")
            .build());
    assertSeen(State.NEVER, "task 1 did not start: CannotPullContainerError: not found", ran());
  }

  @Test
  void aTaskThatCrashedIsToldWithItsLastLine() {
    ended("1", 0);
    withOutput.add("1");
    assertSeen(State.HOLDS, "1 of 1 tasks STOPPED with exit code 0", stopped());
    ended("2", 1);
    withOutput.add("2");
    String told =
        "task 2 ended with exit code 1: Essential container in task exited; its last line: no such"
            + " table";
    assertSeen(State.NEVER, told, stopped());
    assertSeen(State.NEVER, told, ran());
  }

  @Test
  void tasksThatRunAreWaitedFor() {
    ended("1", 0);
    running("2");
    assertSeen(State.NOT_YET, "1 of 2 tasks STOPPED with exit code 0", stopped());
  }

  @Test
  void aLoadBelowTheThresholdStartsNoTask() {
    loads = List.of(load(50, 0));
    later(Duration.ofMinutes(1));
    assertSeen(State.NOT_YET, "0 tasks so far", ran());
    later(Duration.ofMinutes(5));
    assertSeen(State.HOLDS, "0 tasks", ran());
    assertSeen(State.HOLDS, "0 tasks", stopped());
    running("1");
    assertSeen(State.NEVER, "1 tasks", ran());
  }

  private Observation ran() {
    return look(
        TasksRan.TYPE,
        Map.of(
            "cluster",
            "c",
            "family",
            "f",
            "atMost",
            "2",
            "logGroup",
            "/g",
            "whenLoadAbove",
            "100"));
  }

  private Observation stopped() {
    return look(
        TasksStopped.TYPE,
        Map.of(
            "cluster",
            "c",
            "family",
            "f",
            "exitCode",
            0L,
            "logGroup",
            "/g",
            "whenLoadAbove",
            "100"));
  }

  private void running(String id) {
    tasks.add(task(id, "RUNNING").build());
  }

  private void ended(String id, int exitCode) {
    tasks.add(
        task(id, "STOPPED")
            .stopCode("EssentialContainerExited")
            .stoppedReason("Essential container in task exited")
            .containers(Container.builder().exitCode(exitCode).build())
            .build());
  }

  private static Task.Builder task(String id, String status) {
    return Task.builder()
        .taskArn("arn:aws:ecs:us-east-1:000000000000:task/c/" + id)
        .lastStatus(status)
        .desiredStatus(status)
        .createdAt(LOAD_ENDED);
  }
}
