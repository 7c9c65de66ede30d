package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** What RunTask refuses of a request that only names what is implemented. */
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
    for (ContainerOverride override : overrides.containerOverrides()) {
      if (definition.containerDefinitions().stream()
          .noneMatch(container -> container.name().equals(override.name()))) {
        throw EcsErrors.invalid(
            "Override for container named "
                + override.name()
                + " is not a container in the TaskDefinition.");
      }
    }
  }
}
