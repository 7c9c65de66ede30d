package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** AWS::ECS::TaskDefinition; every change but of its tags is a new revision. */
final class TaskDefinitionResource implements ResourceType {
  private static final String REGISTERED_BY = "cloudformation.amazonaws.com";

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ECS::TaskDefinition")
          .createOnly(
              "Family",
              "ContainerDefinitions",
              "Cpu",
              "Memory",
              "NetworkMode",
              "RequiresCompatibilities",
              "RuntimePlatform",
              "TaskRoleArn",
              "ExecutionRoleArn",
              "EphemeralStorage")
          .properties("Tags")
          .attributes("TaskDefinitionArn");

  private final TaskDefinitions definitions;
  private final ResourceTags tags;

  TaskDefinitionResource(TaskDefinitions definitions, ResourceTags tags) {
    this.definitions = definitions;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove("Tags");
    properties.put("Family", request.nameOr("Family", 255));
    RegisterTaskDefinitionRequest bound =
        Pojos.bind(properties, RegisterTaskDefinitionRequest.builder());
    TaskDefinition registered = definitions.register(bound, REGISTERED_BY);
    tags.replace(registered.taskDefinitionArn(), ResourceTags.of(request));
    return physical(registered.taskDefinitionArn());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    tags.replace(current.physicalId(), ResourceTags.of(after));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (definitions.find(current.physicalId()) != null) {
      definitions.deregister(current.physicalId());
    }
  }

  private static PhysicalResource physical(String arn) {
    return PhysicalResource.of(arn).with("TaskDefinitionArn", arn);
  }
}
