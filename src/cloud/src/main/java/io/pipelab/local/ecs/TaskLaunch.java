package io.pipelab.local.ecs;

import io.pipelab.local.ecs.container.ContainerSpec;
import io.pipelab.local.kernel.NetworkTenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * What one task is started with.
 *
 * @param site where its network interface is
 * @param environment what the agent adds to every container of the task
 */
record TaskLaunch(
    String id,
    TaskDefinition definition,
    TaskOverride overrides,
    FargateSize size,
    NetworkTenants.Site site,
    Map<String, String> environment) {

  /** The role that the agent pulls and logs with; null when there is none. */
  @Nullable String executionRole() {
    String other = overrides.executionRoleArn();
    return other == null ? definition.executionRoleArn() : other;
  }

  /**
   * How a container is started; the agent's variables win over the image's, the task's over both.
   */
  ContainerSpec spec(ContainerDefinition container, Map<String, String> own) {
    ContainerOverride override = override(container.name());
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(own);
    variables.putAll(map(container.environment()));
    if (override != null) {
      variables.putAll(map(override.environment()));
    }
    return new ContainerSpec(
        container.entryPoint(),
        override == null || override.command().isEmpty() ? container.command() : override.command(),
        variables,
        Objects.requireNonNullElse(container.workingDirectory(), ""),
        memory(container, override),
        size.cpu(),
        size.processors());
  }

  private int memory(ContainerDefinition container, @Nullable ContainerOverride override) {
    if (override != null && override.memory() != null) {
      return override.memory();
    }
    return container.memory() != null ? container.memory() : size.memory();
  }

  private @Nullable ContainerOverride override(String container) {
    return overrides.containerOverrides().stream()
        .filter(override -> container.equals(override.name()))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> map(List<KeyValuePair> pairs) {
    Map<String, String> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.name(), Objects.requireNonNullElse(pair.value(), "")));
    return map;
  }
}
