package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code AWS::Events::EventBus}. */
final class EventBusResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Events::EventBus")
          .createOnly("Name")
          .properties("Description", "Policy", "Tags")
          .required("Name")
          .named("Name")
          .attributes("Arn", "Name", "Policy");

  private final Buses buses;

  EventBusResource(Buses buses) {
    this.buses = buses;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    Bus bus = buses.create(Objects.requireNonNull(request.text("Name")));
    set(bus, request);
    return PhysicalResource.of(bus.name).with("Arn", bus.arn).with("Name", bus.name);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Bus bus = buses.get(current.physicalId());
    before.tags().keySet().forEach(bus.tags::remove);
    set(bus, after);
    return current;
  }

  private static void set(Bus bus, ResourceRequest request) {
    bus.description = request.text("Description");
    bus.policy = policy(request.properties().path("Policy"));
    bus.tags.putAll(request.tags());
  }

  private static @Nullable String policy(JsonNode policy) {
    if (policy.isMissingNode()) {
      return null;
    }
    return policy.isContainerNode() ? policy.toString() : policy.asText();
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    buses.find(current.physicalId()).ifPresent(buses::delete);
  }
}
