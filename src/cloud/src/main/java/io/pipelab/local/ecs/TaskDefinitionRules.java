package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;

/** What RegisterTaskDefinition refuses: what AWS does, and by name what is not implemented. */
final class TaskDefinitionRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
  private static final Set<String> LOG_OPTIONS =
      Set.of(
          "awslogs-group",
          "awslogs-region",
          "awslogs-stream-prefix",
          "awslogs-create-group",
          "mode",
          "max-buffer-size");

  private TaskDefinitionRules() {}

  /**
   * Checks a registration.
   *
   * @return the launch types that can run it
   * @throws AwsError ClientException, or NotImplemented
   */
  static List<Compatibility> check(RegisterTaskDefinitionRequest request) {
    if (request.family() == null || !NAME.matcher(request.family()).matches()) {
      throw EcsErrors.client(
          "Family contains invalid characters. Up to 255 letters (uppercase and lowercase),"
              + " numbers, underscores, and hyphens are allowed.");
    }
    checkPlatform(request.runtimePlatform());
    boolean wanted = request.requiresCompatibilities().contains(Compatibility.FARGATE);
    if (wanted && request.networkMode() != NetworkMode.AWSVPC) {
      throw EcsErrors.client("Fargate only supports network mode ‘awsvpc’.");
    }
    Integer memory = wanted ? Integer.valueOf(FargateSize.of(request).memory()) : memory(request);
    checkContainers(request, memory);
    if (wanted) {
      requireExecutionRole(request);
    }
    if (request.networkMode() != NetworkMode.AWSVPC) {
      return List.of(Compatibility.EXTERNAL, Compatibility.EC2);
    }
    return wanted || FargateSize.has(request)
        ? List.of(Compatibility.EC2, Compatibility.FARGATE)
        : List.of(Compatibility.EC2);
  }

  private static @Nullable Integer memory(RegisterTaskDefinitionRequest request) {
    if (request.cpu() != null) {
      FargateSize.amount(request.cpu(), "cpu");
    }
    return request.memory() == null ? null : FargateSize.amount(request.memory(), "memory");
  }

  /**
   * @param memory the task's, in MiB; null when each container says its own
   */
  private static void checkContainers(
      RegisterTaskDefinitionRequest request, @Nullable Integer memory) {
    if (request.containerDefinitions().isEmpty()) {
      throw EcsErrors.client("Container list cannot be empty.");
    }
    Set<String> names = new HashSet<>();
    for (ContainerDefinition container : request.containerDefinitions()) {
      check(container, memory);
      if (!names.add(container.name())) {
        throw EcsErrors.client(
            "Container definition names must be unique: '" + container.name() + "' is used twice.");
      }
    }
    if (request.containerDefinitions().stream()
        .allMatch(container -> Boolean.FALSE.equals(container.essential()))) {
      throw EcsErrors.client("Task definition does not have any essential container.");
    }
  }

  private static void check(ContainerDefinition container, @Nullable Integer memory) {
    if (container.name() == null || !NAME.matcher(container.name()).matches()) {
      throw EcsErrors.client("Container.name contains invalid characters.");
    }
    if (container.image() == null || container.image().isBlank()) {
      throw EcsErrors.client("Container.image should not be null or empty.");
    }
    if (memory == null && container.memory() == null && container.memoryReservation() == null) {
      throw EcsErrors.client(
          "Invalid setting for container '"
              + container.name()
              + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
    }
    if (memory != null && container.memory() != null && container.memory() > memory) {
      throw EcsErrors.client(
          "Invalid setting for container '"
              + container.name()
              + "'. The 'memory' value is larger than the task's: "
              + container.memory()
              + " > "
              + memory);
    }
    if (container.stopTimeout() != null
        && (container.stopTimeout() < 0 || container.stopTimeout() > 120)) {
      throw EcsErrors.client(
          "Invalid setting for container '"
              + container.name()
              + "'. stopTimeout must be between 0 and 120 seconds on Fargate.");
    }
    if (container.logConfiguration() != null) {
      check(container.name(), container.logConfiguration());
    }
  }

  private static void check(String container, LogConfiguration logs) {
    if (logs.logDriver() != LogDriver.AWSLOGS) {
      throw AwsError.notImplemented("the log driver " + logs.logDriverAsString() + " of ECS");
    }
    for (String needed : List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix")) {
      if (!logs.options().containsKey(needed)) {
        throw EcsErrors.client(
            "Log driver awslogs requires options: " + needed + " (container '" + container + "')");
      }
    }
    for (String option : logs.options().keySet()) {
      if (!LOG_OPTIONS.contains(option)) {
        throw AwsError.notImplemented("the option " + option + " of the log driver awslogs");
      }
    }
  }

  private static void requireExecutionRole(RegisterTaskDefinitionRequest request) {
    if (request.executionRoleArn() != null && !request.executionRoleArn().isEmpty()) {
      return;
    }
    for (ContainerDefinition container : request.containerDefinitions()) {
      if (container.logConfiguration() != null) {
        throw EcsErrors.client(
            "Fargate requires task definition to have execution role ARN to support log driver"
                + " awslogs.");
      }
      if (container.image().contains(".dkr.ecr.")) {
        throw EcsErrors.client(
            "Fargate requires task definition to have execution role ARN to support ECR images.");
      }
    }
  }

  private static void checkPlatform(@Nullable RuntimePlatform platform) {
    if (platform != null
        && ((platform.cpuArchitecture() != null
                && platform.cpuArchitecture() != CPUArchitecture.X86_64)
            || (platform.operatingSystemFamily() != null
                && platform.operatingSystemFamily() != OSFamily.LINUX))) {
      throw AwsError.notImplemented(
          "the ECS runtime platform "
              + platform.operatingSystemFamilyAsString()
              + " on "
              + platform.cpuArchitectureAsString());
    }
  }
}
