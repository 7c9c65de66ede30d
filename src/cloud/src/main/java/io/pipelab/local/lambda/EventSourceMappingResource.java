package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;

/** AWS::Lambda::EventSourceMapping, for SQS queues. */
final class EventSourceMappingResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::EventSourceMapping")
          .createOnly("EventSourceArn")
          .properties(
              "BatchSize",
              "Enabled",
              "FilterCriteria",
              "FunctionName",
              "FunctionResponseTypes",
              "MaximumBatchingWindowInSeconds",
              "ScalingConfig",
              "Tags")
          .required("FunctionName")
          .attributes("EventSourceMappingArn", "Id");

  private final EventSourceMappingActions actions;
  private final EventSourceMappings mappings;

  EventSourceMappingResource(EventSourceMappingActions actions, EventSourceMappings mappings) {
    this.actions = actions;
    this.mappings = mappings;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove("Tags");
    CreateEventSourceMappingRequest create =
        Pojos.bind(properties, CreateEventSourceMappingRequest.builder());
    CreateEventSourceMappingResponse created =
        actions.createEventSourceMapping(create.toBuilder().tags(request.tags()).build());
    return PhysicalResource.of(created.uuid())
        .with("Id", created.uuid())
        .with("EventSourceMappingArn", created.eventSourceMappingArn());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    ObjectNode settings = after.properties().objectNode();
    settings.put("BatchSize", 10).put("MaximumBatchingWindowInSeconds", 0).put("Enabled", true);
    settings.putArray("FunctionResponseTypes");
    settings.putObject("ScalingConfig");
    settings.setAll(after.properties());
    settings.remove("Tags");
    settings.remove("EventSourceArn");
    UpdateEventSourceMappingRequest change =
        Pojos.bind(settings, UpdateEventSourceMappingRequest.builder());
    actions.updateEventSourceMapping(change.toBuilder().uuid(current.physicalId()).build());
    return current;
  }

  @Override
  public PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request)
      throws InterruptedException {
    mappings.get(current.physicalId()).awaitStable();
    return current;
  }

  /** Returns when the queue is read no more, so that nothing is taken from a queue that goes. */
  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> deleteAndWait(mappings.get(current.physicalId())));
  }

  private static void deleteAndWait(EventSourceMapping mapping) {
    mapping.delete();
    try {
      mapping.awaitGone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AwsError.of("ServiceException", 500, "the embedded cloud is shutting down");
    }
  }
}
