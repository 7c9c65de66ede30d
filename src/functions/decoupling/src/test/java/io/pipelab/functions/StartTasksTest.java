package io.pipelab.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

final class StartTasksTest {
  private static final TaskSettings TWO =
      new TaskSettings("cluster", "family:1", List.of("subnet-1", "subnet-2"), List.of("sg-1"), 2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RunTaskRequest> requests = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @Test
  void alarmStartsTheTasksOnce() throws IOException {
    JsonNode answer = handle(alarm("ALARM"), request -> started(2));

    assertEquals(1, requests.size());
    RunTaskRequest request = requests.get(0);
    assertEquals("cluster", request.cluster());
    assertEquals("family:1", request.taskDefinition());
    assertEquals(2, request.count());
    assertEquals(LaunchType.FARGATE, request.launchType());
    assertEquals("pipelab", request.startedBy());
    assertEquals("message-1", request.clientToken());
    AwsVpcConfiguration vpc = request.networkConfiguration().awsvpcConfiguration();
    assertEquals(List.of("subnet-1", "subnet-2"), vpc.subnets());
    assertEquals(List.of("sg-1"), vpc.securityGroups());
    assertEquals(AssignPublicIp.ENABLED, vpc.assignPublicIp());
    assertEquals("{\"tasks\":[\"task-0\",\"task-1\"]}", answer.toString());
    assertEquals(List.of("started task task-0", "started task task-1"), log.subList(1, 3));
  }

  @Test
  void failuresAreLoggedAndFailTheInvocation() {
    RunTaskResponse half =
        started(1).toBuilder()
            .failures(failure -> failure.reason("RESOURCE:MEMORY").arn("arn:x"))
            .build();
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> handle(alarm("ALARM"), request -> half));
    assertEquals("started 1 of 2 tasks: RESOURCE:MEMORY arn:x", error.getMessage());
    assertTrue(log.contains("task not started: RESOURCE:MEMORY arn:x"), log::toString);
    assertTrue(log.contains("started task task-0"), log::toString);
  }

  @Test
  void fewerTasksThanAskedForFailTheInvocationEvenWithoutAReason() {
    assertThrows(IllegalStateException.class, () -> handle(alarm("ALARM"), request -> started(1)));
  }

  @Test
  void alarmThatIsOverStartsNothing() throws IOException {
    assertEquals("{\"tasks\":[]}", handle(alarm("OK"), request -> started(2)).toString());
    assertEquals(List.of(), requests);
  }

  @Test
  void messageOfAPersonStartsTasks() throws IOException {
    handle("go!", request -> started(2));
    assertEquals(1, requests.size());
  }

  @Test
  void eventThatIsNoneOfSnsIsRefused() {
    StartTasks function = function(request -> started(2));
    for (String event : List.of("{}", "{\"Records\":[{\"s3\":{}}]}")) {
      assertThrows(IllegalArgumentException.class, () -> run(function, event));
    }
  }

  @Test
  void settingsNameTheVariableThatIsWrong() {
    Map<String, String> all =
        Map.of(
            "CLUSTER", "c",
            "TASK_DEFINITION", "t",
            "SUBNETS", "a, b",
            "SECURITY_GROUPS", "g",
            "TASK_COUNT", "11");
    assertEquals(
        "TASK_COUNT must be a number from 1 to 10, not 11",
        assertThrows(IllegalStateException.class, () -> TaskSettings.from(all)).getMessage());
    assertEquals(
        "environment variable CLUSTER is not set",
        assertThrows(IllegalStateException.class, () -> TaskSettings.from(Map.of())).getMessage());
  }

  private JsonNode handle(String message, Function<RunTaskRequest, RunTaskResponse> ecs)
      throws IOException {
    String event =
        JSON.createObjectNode()
            .set(
                "Records",
                JSON.createArrayNode()
                    .add(
                        JSON.createObjectNode()
                            .put("EventSource", "aws:sns")
                            .set(
                                "Sns",
                                JSON.createObjectNode()
                                    .put("MessageId", "message-1")
                                    .put("Message", message))))
            .toString();
    return run(function(ecs), event);
  }

  private StartTasks function(Function<RunTaskRequest, RunTaskResponse> ecs) {
    EcsClient client =
        new EcsClient() {
          @Override
          public RunTaskResponse runTask(RunTaskRequest request) {
            requests.add(request);
            return ecs.apply(request);
          }

          @Override
          public String serviceName() {
            return "ecs";
          }

          @Override
          public void close() {}
        };
    return new StartTasks(client, TWO);
  }

  private JsonNode run(StartTasks function, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Context context = new RecordingContext(log);
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
    return JSON.readTree(answer.toByteArray());
  }

  private static String alarm(String state) {
    return JSON.createObjectNode()
        .put("AlarmName", "backlog")
        .put("NewStateValue", state)
        .put("NewStateReason", "Threshold Crossed")
        .toString();
  }

  private static RunTaskResponse started(int count) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Task.builder().taskArn("task-" + i).build());
    }
    return RunTaskResponse.builder().tasks(tasks).build();
  }
}
