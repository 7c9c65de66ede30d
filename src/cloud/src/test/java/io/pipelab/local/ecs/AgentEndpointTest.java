package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.Gateway;
import io.pipelab.local.wire.TestLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Task;

class AgentEndpointTest {
  private TestEcs ecs;
  private Gateway gateway;
  private Map<String, String> environment;
  private Task task;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    ecs = new TestEcs(temporary.toRealPath());
    gateway = Gateway.bind(0, TestLimits.usual());
    gateway.serve(
        "us-east-1",
        List.of(),
        List.of(ecs.ecs.agentEndpoint()),
        key -> new AccessKey(new Caller.Anonymous(), null),
        AccessCheck.NONE,
        ecs.clock,
        call -> {});
    ecs.register("wait");
    task = ecs.await(ecs.run(), now -> now.lastStatus().equals("RUNNING"));
    environment = ecs.environments.get(0);
  }

  @AfterEach
  void stop() {
    gateway.close();
    ecs.close();
  }

  @Test
  void givesTheTaskRolesKeysForTheTasksToken() throws Exception {
    String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    HttpResponse<String> answer = get("AWS_CONTAINER_CREDENTIALS_FULL_URI", "", token);
    assertEquals(200, answer.statusCode());
    JsonNode keys = new ObjectMapper().readTree(answer.body());
    assertEquals(TestEcs.ROLE, keys.path("RoleArn").asText());
    assertEquals("ASIA" + Tasks.id(task.taskArn()), keys.path("AccessKeyId").asText());
    assertEquals("secret", keys.path("SecretAccessKey").asText());
    assertEquals("token", keys.path("Token").asText());
    assertTrue(keys.path("Expiration").asText().endsWith("Z"));
  }

  @Test
  void givesNoKeysForAnotherToken() throws Exception {
    assertEquals(403, get("AWS_CONTAINER_CREDENTIALS_FULL_URI", "", "other").statusCode());
  }

  @Test
  void describesContainerAndTask() throws Exception {
    HttpResponse<String> container = get("ECS_CONTAINER_METADATA_URI_V4", "", "");
    JsonNode description = new ObjectMapper().readTree(container.body());
    assertEquals("main", description.path("Name").asText());
    assertEquals("10.0.0.4", description.at("/Networks/0/IPv4Addresses/0").asText());
    JsonNode whole =
        new ObjectMapper().readTree(get("ECS_CONTAINER_METADATA_URI_V4", "/task", "").body());
    assertEquals(task.taskArn(), whole.path("TaskARN").asText());
    assertEquals("family", whole.path("Family").asText());
    assertEquals(0.25, whole.at("/Limits/CPU").asDouble());
    assertEquals(404, get("ECS_CONTAINER_METADATA_URI_V4", "/task/stats", "").statusCode());
  }

  private HttpResponse<String> get(
      String variable, String below, @org.jspecify.annotations.Nullable String token)
      throws Exception {
    String path = URI.create(String.valueOf(environment.get(variable))).getPath() + below;
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(gateway.endpoint().resolve(path))
                .header("Authorization", String.valueOf(token))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
