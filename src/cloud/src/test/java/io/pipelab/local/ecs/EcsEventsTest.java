package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.ToldEvents.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;

final class EcsEventsTest {
  private TestEcs ecs;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    ecs = new TestEcs(temporary.toRealPath());
  }

  @AfterEach
  void stop() {
    ecs.close();
  }

  private List<Told> of(String detailType) {
    return ecs.told.stream().filter(each -> each.detailType().equals(detailType)).toList();
  }

  @Test
  void aTaskTellsOfEachOfItsStates() throws Exception {
    ecs.register("say");
    Task task = ecs.awaitStopped(ecs.run());
    List<Told> told = of("ECS Task State Change");
    assertTrue(
        told.stream()
            .allMatch(
                each ->
                    each.source().equals("aws.ecs")
                        && each.resources().equals(List.of(task.taskArn()))));
    List<String> statuses =
        told.stream().map(each -> each.detail().path("lastStatus").asText()).distinct().toList();
    assertEquals(List.of("PROVISIONING", "PENDING", "ACTIVATING"), statuses.subList(0, 3));
    assertEquals("STOPPED", statuses.get(statuses.size() - 1));
    List<Long> versions =
        told.stream().map(each -> each.detail().path("version").asLong()).toList();
    assertEquals(versions.stream().sorted().distinct().toList(), versions, "each once, in order");
  }

  @Test
  void theLastEventSaysWhyTheTaskEnded() throws Exception {
    ecs.register("say");
    Task task = ecs.awaitStopped(ecs.run());
    List<Told> told = of("ECS Task State Change");
    JsonNode detail = told.get(told.size() - 1).detail();
    assertEquals("Essential container in task exited", detail.path("stoppedReason").asText());
    assertEquals("EssentialContainerExited", detail.path("stopCode").asText());
    assertEquals("STOPPED", detail.path("desiredStatus").asText());
    assertEquals(task.taskDefinitionArn(), detail.path("taskDefinitionArn").asText());
    assertEquals(0, detail.at("/containers/0/exitCode").asInt(-1));
    assertEquals("eni", detail.at("/attachments/0/type").asText());
    assertEquals("2026-11-21T03:00:00.000Z", detail.path("createdAt").asText());
    assertEquals("2026-11-21T03:00:00.000Z", detail.path("updatedAt").asText());
  }

  @Test
  void aServiceTellsThatItIsSteady() throws Exception {
    ecs.register("wait");
    service();
    JsonNode detail = awaitAction("SERVICE_STEADY_STATE");
    assertEquals("INFO", detail.path("eventType").asText());
    assertEquals(
        "arn:aws:ecs:us-east-1:000000000000:cluster/demo", detail.path("clusterArn").asText());
    assertTrue(
        detail.path("createdAt").asText().startsWith("2026-11-21T03:00:"), detail.toString());
    assertEquals(
        List.of("arn:aws:ecs:us-east-1:000000000000:service/demo/web"),
        of("ECS Service Action").get(0).resources());
  }

  @Test
  void aServiceTellsThatItsTasksDoNotStart() throws Exception {
    ecs.call(ecs.definition(container -> container.image("none")).build());
    service();
    JsonNode detail = awaitAction("SERVICE_TASK_START_IMPAIRED");
    assertEquals("WARN", detail.path("eventType").asText());
  }

  private void service() {
    ecs.call(
        CreateServiceRequest.builder()
            .cluster("demo")
            .serviceName("web")
            .taskDefinition("family")
            .launchType(LaunchType.FARGATE)
            .desiredCount(1)
            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")))
            .build());
  }

  private JsonNode awaitAction(String name) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      for (Told each : of("ECS Service Action")) {
        if (each.detail().path("eventName").asText().equals(name)) {
          return each.detail();
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
      ecs.clock.advance(Duration.ofMillis(200)); // what waits before it tries again does so
    }
    throw new AssertionError("no " + name + " in " + ecs.told);
  }
}
