package io.pipelab.local.ecs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/**
 * One deployment of a service: what its tasks are made of, and how far it is. Not safe for threads;
 * {@link Services} guards it.
 */
final class ServiceDeployment {
  private final String id;
  private final String taskDefinition;
  private final NetworkConfiguration network;
  private final Instant created;
  private Instant updated;
  private DeploymentRolloutState state = DeploymentRolloutState.IN_PROGRESS;
  private int failed;

  /**
   * @param id {@code ecs-svc/} and nineteen digits: what its tasks are started by
   */
  ServiceDeployment(
      String id, String taskDefinition, NetworkConfiguration network, Instant created) {
    this.id = id;
    this.taskDefinition = taskDefinition;
    this.network = network;
    this.created = created;
    this.updated = created;
  }

  String id() {
    return id;
  }

  String taskDefinition() {
    return taskDefinition;
  }

  NetworkConfiguration network() {
    return network;
  }

  boolean inProgress() {
    return state == DeploymentRolloutState.IN_PROGRESS;
  }

  void complete(Instant now) {
    state = DeploymentRolloutState.COMPLETED;
    updated = now;
  }

  /** Counts a task that stopped before it ran. */
  void taskFailed(Instant now) {
    failed++;
    updated = now;
  }

  /** As DescribeServices shows it. */
  Deployment shown(boolean primary, int desired, int running, int pending) {
    return Deployment.builder()
        .id(id)
        .status(primary ? "PRIMARY" : "ACTIVE")
        .taskDefinition(taskDefinition)
        .desiredCount(desired)
        .runningCount(running)
        .pendingCount(pending)
        .failedTasks(failed)
        .createdAt(created)
        .updatedAt(updated)
        .launchType(LaunchType.FARGATE)
        .platformVersion("1.4.0")
        .platformFamily("Linux")
        .networkConfiguration(network)
        .rolloutState(state)
        .rolloutStateReason(reason())
        .build();
  }

  private @Nullable String reason() {
    return "ECS deployment " + id + (inProgress() ? " in progress." : " completed.");
  }
}
