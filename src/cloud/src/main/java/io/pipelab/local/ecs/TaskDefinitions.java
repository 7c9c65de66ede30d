package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Task definitions by family and revision; a revision's number is never used again. */
final class TaskDefinitions {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:arn:[^:]+:ecs:[^:]*:[^:]*:task-definition/)?([^:/]+)(?::(\\d{1,9}))?");

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Map<String, TreeMap<Integer, TaskDefinition>> byFamily = new TreeMap<>();
  private final Map<String, Integer> lastRevisions = new HashMap<>();

  TaskDefinitions(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Registers the next revision of a family.
   *
   * @throws AwsError ClientException, or NotImplemented by name
   */
  synchronized TaskDefinition register(RegisterTaskDefinitionRequest request, String caller) {
    List<Compatibility> compatibilities = TaskDefinitionRules.check(request);
    int revision = lastRevisions.merge(request.family(), 1, Integer::sum);
    TaskDefinition registered =
        TaskDefinition.builder()
            .taskDefinitionArn(
                identity.arn("ecs", "task-definition/" + request.family() + ":" + revision))
            .family(request.family())
            .revision(revision)
            .status(TaskDefinitionStatus.ACTIVE)
            .containerDefinitions(
                request.containerDefinitions().stream().map(TaskDefinitions::completed).toList())
            .taskRoleArn(request.taskRoleArn())
            .executionRoleArn(request.executionRoleArn())
            .networkMode(request.networkMode())
            .volumes(List.of())
            .placementConstraints(List.of())
            .compatibilities(compatibilities)
            .requiresCompatibilities(request.requiresCompatibilities())
            .runtimePlatform(request.runtimePlatform())
            .ephemeralStorage(request.ephemeralStorage())
            .cpu(units(request.cpu(), "cpu"))
            .memory(units(request.memory(), "memory"))
            .registeredAt(clock.now())
            .registeredBy(caller)
            .build();
    byFamily
        .computeIfAbsent(request.family(), ignored -> new TreeMap<>())
        .put(revision, registered);
    return registered;
  }

  private static @Nullable String units(@Nullable String text, String member) {
    return text == null ? null : Integer.toString(FargateSize.amount(text, member));
  }

  /** A container definition with the defaults that DescribeTaskDefinition shows. */
  private static ContainerDefinition completed(ContainerDefinition container) {
    return container.toBuilder()
        .cpu(Objects.requireNonNullElse(container.cpu(), 0))
        .essential(Objects.requireNonNullElse(container.essential(), true))
        .environment(new ArrayList<>(container.environment()))
        .portMappings(new ArrayList<>(container.portMappings()))
        .mountPoints(List.of())
        .volumesFrom(List.of())
        .systemControls(List.of())
        .build();
  }

  /** By family (its latest active revision), {@code family:revision} or ARN; null for none. */
  synchronized @Nullable TaskDefinition find(@Nullable String reference) {
    Matcher matcher = REFERENCE.matcher(Objects.requireNonNullElse(reference, ""));
    if (!matcher.matches()) {
      return null;
    }
    TreeMap<Integer, TaskDefinition> revisions = byFamily.get(matcher.group(1));
    if (revisions == null) {
      return null;
    }
    if (matcher.group(2) != null) {
      return revisions.get(Integer.parseInt(matcher.group(2)));
    }
    return revisions.descendingMap().values().stream()
        .filter(definition -> definition.status() == TaskDefinitionStatus.ACTIVE)
        .findFirst()
        .orElse(null);
  }

  /** All revisions of all families, oldest first within a family. */
  synchronized List<TaskDefinition> list() {
    List<TaskDefinition> all = new ArrayList<>();
    byFamily.values().forEach(revisions -> all.addAll(revisions.values()));
    return all;
  }

  /**
   * Makes a revision INACTIVE: no new task starts from it.
   *
   * @throws AwsError ClientException when there is no such revision
   */
  synchronized TaskDefinition deregister(@Nullable String reference) {
    TaskDefinition definition = exact(reference);
    if (definition == null) {
      throw EcsErrors.client("The specified task definition does not exist.");
    }
    if (definition.status() != TaskDefinitionStatus.ACTIVE) {
      return definition;
    }
    TaskDefinition inactive =
        definition.toBuilder()
            .status(TaskDefinitionStatus.INACTIVE)
            .deregisteredAt(clock.now())
            .build();
    revisions(inactive).put(inactive.revision(), inactive);
    return inactive;
  }

  /** The revision that is named with its number; null when there is none. */
  synchronized @Nullable TaskDefinition exact(@Nullable String reference) {
    Matcher matcher = REFERENCE.matcher(Objects.requireNonNullElse(reference, ""));
    if (matcher.matches() && matcher.group(2) == null) {
      throw EcsErrors.client("Revision is missing.");
    }
    return find(reference);
  }

  /** Deletes an inactive revision and returns it as DeleteTaskDefinitions shows it. */
  synchronized TaskDefinition delete(TaskDefinition inactive) {
    revisions(inactive).remove(inactive.revision());
    return inactive.toBuilder().status(TaskDefinitionStatus.DELETE_IN_PROGRESS).build();
  }

  private TreeMap<Integer, TaskDefinition> revisions(TaskDefinition definition) {
    return byFamily.computeIfAbsent(definition.family(), ignored -> new TreeMap<>());
  }
}
