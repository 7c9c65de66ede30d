package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.ServiceEvents;
import io.pipelab.local.wire.Pojos;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** What ECS tells EventBridge of tasks and services (ECS Developer Guide, "Amazon ECS events"). */
final class EcsEvents implements Tasks.Listener {
  private static final String SOURCE = "aws.ecs";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final CloudClock clock;
  private volatile ServiceEvents events = ServiceEvents.NONE;

  EcsEvents(CloudClock clock) {
    this.clock = clock;
  }

  void connect(ServiceEvents port) {
    this.events = port;
  }

  /** Tells of a task that came, or whose status, or that of a container of it, is another one. */
  @Override
  public void changed(@Nullable Task before, Task after) {
    if (before == null || !statuses(before).equals(statuses(after))) {
      events.happened(
          SOURCE, "ECS Task State Change", List.of(after.taskArn()), () -> detail(after));
    }
  }

  private static List<Object> statuses(Task task) {
    return List.of(
        task.lastStatus(),
        task.desiredStatus(),
        task.containers().stream().map(Container::lastStatus).toList());
  }

  /** The task as DescribeTasks has it, but for its times, which are text, and its attachments. */
  private JsonNode detail(Task task) {
    ObjectNode detail = Pojos.tree(task);
    for (SdkField<?> field : task.sdkFields()) {
      if (field.getValueOrDefault(task) instanceof Instant time) {
        detail.put(field.locationName(), TIME.format(time));
      }
    }
    for (JsonNode attachment : detail.path("attachments")) {
      if (attachment.path("type").asText().equals("ElasticNetworkInterface")) {
        ((ObjectNode) attachment).put("type", "eni");
      }
    }
    return detail.put("updatedAt", TIME.format(clock.now()));
  }

  /** A service has as many tasks as it should. */
  void steady(RunningService service) {
    action(service, "INFO", "SERVICE_STEADY_STATE");
  }

  /** A service's tasks fail again and again. */
  void impaired(RunningService service) {
    action(service, "WARN", "SERVICE_TASK_START_IMPAIRED");
  }

  private void action(RunningService service, String type, String name) {
    ObjectNode detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("eventType", type)
            .put("eventName", name)
            .put("clusterArn", service.clusterArn())
            .put("createdAt", TIME.format(clock.now()));
    events.happened(SOURCE, "ECS Service Action", List.of(service.arn()), () -> detail);
  }
}
