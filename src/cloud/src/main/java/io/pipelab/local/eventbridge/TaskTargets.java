package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.eventbridge.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.eventbridge.model.EcsParameters;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Targets that are tasks on ECS: a cluster's ARN with {@code EcsParameters}. */
final class TaskTargets {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskTargets() {}

  /**
   * Lets a target pass that tasks can be run for.
   *
   * @throws AwsError ValidationException, or NotImplemented
   */
  static void check(Target target) {
    EcsParameters ecs = target.ecsParameters();
    if (ecs == null || ecs.taskDefinitionArn() == null) {
      throw Refusals.invalid(
          "Parameter(s) EcsParameters must be specified for target: " + target.id() + ".");
    }
    if (!target.arn().contains(":cluster/")) {
      throw Refusals.invalid(
          "Parameter "
              + target.arn()
              + " is not valid. Reason: Provided Arn is not in correct"
              + " format.");
    }
    Map<String, Boolean> others = new LinkedHashMap<>();
    others.put("CapacityProviderStrategy", ecs.hasCapacityProviderStrategy());
    others.put("PlacementConstraints", ecs.hasPlacementConstraints());
    others.put("PlacementStrategy", ecs.hasPlacementStrategy());
    others.put("ReferenceId", ecs.referenceId() != null);
    others.forEach(
        (member, given) -> {
          if (given) {
            throw AwsError.notImplemented(member + " of the EcsParameters of targets");
          }
        });
  }

  /** What is asked of ECS; an input of the target's own is the task's overrides. */
  static RunTaskRequest request(Rule rule, Target target, String input) {
    EcsParameters ecs = target.ecsParameters();
    return RunTaskRequest.builder()
        .cluster(target.arn())
        .taskDefinition(ecs.taskDefinitionArn())
        .count(Objects.requireNonNullElse(ecs.taskCount(), 1))
        .launchType(ecs.launchTypeAsString())
        .networkConfiguration(network(ecs))
        .platformVersion(ecs.platformVersion())
        .group(ecs.group())
        .propagateTags(ecs.propagateTagsAsString())
        .enableECSManagedTags(ecs.enableECSManagedTags())
        .enableExecuteCommand(ecs.enableExecuteCommand())
        .tags(
            ecs.tags().stream()
                .map(each -> Tag.builder().key(each.key()).value(each.value()).build())
                .toList())
        .startedBy("events-rule/" + rule.name)
        .overrides(hasInput(target) ? overrides(input) : null)
        .build();
  }

  private static @Nullable NetworkConfiguration network(EcsParameters ecs) {
    if (ecs.networkConfiguration() == null
        || ecs.networkConfiguration().awsvpcConfiguration() == null) {
      return null;
    }
    AwsVpcConfiguration given = ecs.networkConfiguration().awsvpcConfiguration();
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(
            vpc ->
                vpc.subnets(given.subnets())
                    .securityGroups(given.hasSecurityGroups() ? given.securityGroups() : List.of())
                    .assignPublicIp(given.assignPublicIpAsString()))
        .build();
  }

  private static boolean hasInput(Target target) {
    return target.input() != null
        || target.inputPath() != null
        || target.inputTransformer() != null;
  }

  private static TaskOverride overrides(String input) {
    try {
      JsonNode json = JSON.readTree(input);
      if (json instanceof ObjectNode object) {
        return Pojos.bind(object, TaskOverride.builder());
      }
    } catch (JsonProcessingException e) {
      throw Refusals.invalid("The overrides of the task are not JSON: " + e.getOriginalMessage());
    }
    throw Refusals.invalid("The overrides of the task are not a JSON object: " + input);
  }
}
