package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What the Fargate agent serves inside a task: the task role's keys, and the task metadata endpoint
 * version 4 ({@code ${ECS_CONTAINER_METADATA_URI_V4}} and {@code /task} below it).
 */
final class AgentEndpoint implements HttpEndpoint {
  static final String METADATA = "/_ecs/metadata/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudIdentity identity;
  private final Tasks tasks;
  private final TaskCredentials credentials;

  AgentEndpoint(CloudIdentity identity, Tasks tasks, TaskCredentials credentials) {
    this.identity = identity;
    this.tasks = tasks;
    this.credentials = credentials;
  }

  @Override
  public boolean isLinkLocal() {
    return true;
  }

  @Override
  public boolean accepts(HttpCall call) {
    return call.rawPath().startsWith("/_ecs/");
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    String path = call.rawPath();
    if (!call.method().equals("GET")) {
      answer(call, 405, error("method not allowed"));
    } else if (path.startsWith(TaskCredentials.PATH)) {
      keys(call, path.substring(TaskCredentials.PATH.length()));
    } else if (path.startsWith(METADATA)) {
      metadata(call, path.substring(METADATA.length()));
    } else {
      answer(call, 404, error("not found: " + path));
    }
  }

  private void keys(HttpCall call, String taskId) throws IOException {
    Optional<TaskCredentials.Issued> issued =
        credentials.fetch(taskId, call.header("Authorization"));
    if (issued.isEmpty()) {
      answer(call, 403, error("no such task, or not its authorization token"));
      return;
    }
    TaskCredentials.Issued keys = issued.get();
    answer(
        call,
        200,
        JSON.createObjectNode()
            .put("RoleArn", keys.roleArn())
            .put("AccessKeyId", keys.keys().accessKeyId())
            .put("SecretAccessKey", keys.keys().secretAccessKey())
            .put("Token", keys.keys().sessionToken())
            .put("Expiration", keys.expiration().toString()));
  }

  private void metadata(HttpCall call, String rest) throws IOException {
    String runtimeId = rest.split("/", 2)[0];
    String what = rest.substring(runtimeId.length());
    for (Task task : tasks.list()) {
      for (Container container : task.containers()) {
        if (runtimeId.equals(container.runtimeId())) {
          switch (what) {
            case "", "/" -> answer(call, 200, describe(task, container));
            case "/task" -> answer(call, 200, describe(task));
            default -> answer(call, 404, error("pipelab does not implement " + what));
          }
          return;
        }
      }
    }
    answer(call, 404, error("no such container"));
  }

  private ObjectNode describe(Task task) {
    String definition = Tasks.id(task.taskDefinitionArn());
    int colon = definition.indexOf(':');
    ObjectNode document =
        JSON.createObjectNode()
            .put("Cluster", task.clusterArn())
            .put("TaskARN", task.taskArn())
            .put("Family", definition.substring(0, colon))
            .put("Revision", definition.substring(colon + 1))
            .put("DesiredStatus", task.desiredStatus())
            .put("KnownStatus", task.lastStatus())
            .put("LaunchType", task.launchTypeAsString())
            .put("AvailabilityZone", task.availabilityZone());
    document
        .putObject("Limits")
        .put("CPU", Integer.parseInt(task.cpu()) / 1024.0)
        .put("Memory", Integer.parseInt(task.memory()));
    put(document, "PullStartedAt", task.pullStartedAt());
    put(document, "PullStoppedAt", task.pullStoppedAt());
    ArrayNode containers = document.putArray("Containers");
    task.containers().forEach(container -> containers.add(describe(task, container)));
    return document;
  }

  private ObjectNode describe(Task task, Container container) {
    String definition = Tasks.id(task.taskDefinitionArn());
    int colon = definition.indexOf(':');
    ObjectNode document =
        JSON.createObjectNode()
            .put("DockerId", container.runtimeId())
            .put("Name", container.name())
            .put("DockerName", container.name())
            .put("Image", container.image())
            .put("ImageID", container.imageDigest())
            .put("DesiredStatus", task.desiredStatus())
            .put("KnownStatus", container.lastStatus())
            .put("ContainerARN", container.containerArn())
            .put("Type", "NORMAL");
    document
        .putObject("Labels")
        .put("com.amazonaws.ecs.cluster", task.clusterArn())
        .put("com.amazonaws.ecs.container-name", container.name())
        .put("com.amazonaws.ecs.task-arn", task.taskArn())
        .put("com.amazonaws.ecs.task-definition-family", definition.substring(0, colon))
        .put("com.amazonaws.ecs.task-definition-version", definition.substring(colon + 1));
    put(document, "CreatedAt", task.createdAt());
    put(document, "StartedAt", task.startedAt());
    container
        .networkInterfaces()
        .forEach(
            network ->
                document
                    .withArray("Networks")
                    .addObject()
                    .put("NetworkMode", "awsvpc")
                    .putArray("IPv4Addresses")
                    .add(network.privateIpv4Address()));
    return document.put("Region", identity.region());
  }

  private static void put(ObjectNode document, String member, @Nullable Object value) {
    if (value != null) {
      document.put(member, value.toString());
    }
  }

  private static ObjectNode error(String message) {
    return JSON.createObjectNode().put("message", message);
  }

  private static void answer(HttpCall call, int status, ObjectNode document) throws IOException {
    call.respond(
        status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(document));
  }
}
