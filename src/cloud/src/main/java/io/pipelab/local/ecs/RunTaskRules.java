package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** What RunTask refuses: what AWS does, and by name what is not implemented. */
final class RunTaskRules {
  private static final int MOST_AT_ONCE = 10;

  private RunTaskRules() {}

  /**
   * Checks a request against its task definition.
   *
   * @return the size of each task, overrides included
   * @throws AwsError InvalidParameterException, ClientException, or NotImplemented
   */
  static FargateSize check(RunTaskRequest request, TaskDefinition definition) {
    refuseUnimplemented(request);
    int count = Objects.requireNonNullElse(request.count(), 1);
    if (count < 1) {
      throw EcsErrors.invalid("count must be between 1 and 10.");
    }
    if (count > MOST_AT_ONCE) {
      throw EcsErrors.invalid("count cannot be greater than 10.");
    }
    if (request.launchType() == null || request.launchType() == LaunchType.EC2) {
      // What a cluster without instances answers, which these clusters are.
      throw EcsErrors.invalid("No Container Instances were found in your cluster.");
    }
    if (request.launchType() != LaunchType.FARGATE) {
      throw AwsError.notImplemented("the ECS launch type " + request.launchTypeAsString());
    }
    requireFargate(definition);
    if (request.startedBy() != null && request.startedBy().length() > 128) {
      throw EcsErrors.invalid("startedBy can have at most 128 characters.");
    }
    TaskOverride overrides =
        Objects.requireNonNullElse(request.overrides(), TaskOverride.builder().build());
    checkOverrides(overrides, definition);
    return FargateSize.of(
        Objects.requireNonNullElse(overrides.cpu(), definition.cpu()),
        Objects.requireNonNullElse(overrides.memory(), definition.memory()));
  }

  /**
   * Refuses a task definition that Fargate cannot run.
   *
   * @throws AwsError InvalidParameterException
   */
  static void requireFargate(TaskDefinition definition) {
    if (!definition.compatibilities().contains(Compatibility.FARGATE)) {
      throw EcsErrors.invalid("Task definition does not support launch_type FARGATE.");
    }
  }

  private static void checkOverrides(TaskOverride overrides, TaskDefinition definition) {
    if (!overrides.inferenceAcceleratorOverrides().isEmpty()) {
      throw AwsError.notImplemented("inferenceAcceleratorOverrides of ECS RunTask");
    }
    for (ContainerOverride override : overrides.containerOverrides()) {
      if (definition.containerDefinitions().stream()
          .noneMatch(container -> container.name().equals(override.name()))) {
        throw EcsErrors.invalid(
            "Override for container named "
                + override.name()
                + " is not a container in the TaskDefinition.");
      }
      if (!override.environmentFiles().isEmpty() || !override.resourceRequirements().isEmpty()) {
        throw AwsError.notImplemented(
            "environmentFiles and resourceRequirements of an ECS container override");
      }
    }
  }

  private static void refuseUnimplemented(RunTaskRequest request) {
    Map<String, Boolean> used = new TreeMap<>();
    used.put("capacityProviderStrategy", !request.capacityProviderStrategy().isEmpty());
    used.put("enableExecuteCommand", Boolean.TRUE.equals(request.enableExecuteCommand()));
    used.put("placementConstraints", !request.placementConstraints().isEmpty());
    used.put("placementStrategy", !request.placementStrategy().isEmpty());
    used.put("volumeConfigurations", !request.volumeConfigurations().isEmpty());
    used.forEach(
        (member, isUsed) -> {
          if (isUsed) {
            throw AwsError.notImplemented(member + " of ECS RunTask");
          }
        });
  }
}
