package io.pipelab.local.eventbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.eventbridge.model.Target;

final class TaskTargetsTest {
  private final Rule rule =
      new Rule(
          "nightly",
          "arn:aws:events:us-east-1:000000000000:rule/nightly",
          "default",
          new Rule.Settings(null, "rate(1 day)", null, true, null, null, Instant.EPOCH));

  private static Target.Builder target() {
    return Target.builder()
        .id("1")
        .arn("arn:aws:ecs:us-east-1:000000000000:cluster/c")
        .ecsParameters(
            e ->
                e.taskDefinitionArn("job:1")
                    .launchType("FARGATE")
                    .networkConfiguration(
                        n -> n.awsvpcConfiguration(v -> v.subnets("s").assignPublicIp("ENABLED"))));
  }

  @Test
  void oneTaskIsRunUnlessMoreAreAskedFor() {
    RunTaskRequest request = TaskTargets.request(rule, target().build(), "{\"the\":\"event\"}");
    assertEquals(1, request.count());
    assertEquals("arn:aws:ecs:us-east-1:000000000000:cluster/c", request.cluster());
    assertEquals("job:1", request.taskDefinition());
    assertEquals("FARGATE", request.launchTypeAsString());
    assertEquals("events-rule/nightly", request.startedBy());
    assertEquals(List.of("s"), request.networkConfiguration().awsvpcConfiguration().subnets());
    assertEquals(
        "ENABLED", request.networkConfiguration().awsvpcConfiguration().assignPublicIpAsString());
    assertNull(request.overrides(), "the event itself is nothing that a task can take");
  }

  @Test
  void aTargetsOwnInputIsTheTasksOverrides() {
    Target own = target().input("x").build();
    String input = "{\"containerOverrides\":[{\"name\":\"main\",\"command\":[\"go\"]}]}";
    assertEquals(
        List.of("go"),
        TaskTargets.request(rule, own, input).overrides().containerOverrides().get(0).command());
    for (String bad : List.of("\"text\"", "{\"none\":1}", "{")) {
      AwsError error = assertThrows(AwsError.class, () -> TaskTargets.request(rule, own, bad), bad);
      assertEquals(400, error.status());
    }
  }
}
