package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.VpcNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** RunTask, and the tasks that it started. */
final class RunTasks {
  /** What stands in for an account's vCPU quota: each task is a process of this machine. */
  private static final int MOST_ALIVE = 50;

  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  private final TaskRun.Agent agent;
  private final Clusters clusters;
  private final TaskDefinitions definitions;
  private final TaskNetwork network;
  private final NewTasks newTasks;
  private final Map<String, TaskRun> runs = new HashMap<>();
  private final Map<String, Remembered> byToken = new LinkedHashMap<>();
  private boolean closed;

  /** The answer to a client token. */
  private record Remembered(RunTaskRequest request, RunTaskResponse response, Instant until) {}

  RunTasks(
      TaskRun.Agent agent,
      Clusters clusters,
      TaskDefinitions definitions,
      TaskNetwork network,
      NewTasks newTasks) {
    this.agent = agent;
    this.clusters = clusters;
    this.definitions = definitions;
    this.network = network;
    this.newTasks = newTasks;
  }

  /**
   * Starts tasks and returns them as PROVISIONING.
   *
   * @throws AwsError ClusterNotFoundException, InvalidParameterException, ClientException,
   *     ConflictException when a client token comes back with another request
   */
  synchronized RunTaskResponse runTask(RunTaskRequest request) {
    if (closed) {
      throw AwsError.of("ServerException", 500, "the embedded cloud is shutting down");
    }
    RunTaskResponse before = remembered(request);
    if (before != null) {
      return before;
    }
    Cluster cluster = clusters.get(request.cluster());
    TaskDefinition definition = definition(request.taskDefinition());
    FargateSize size = RunTaskRules.check(request, definition);
    VpcNetwork.Placement subnet = network.place(request.networkConfiguration());
    int count = Objects.requireNonNullElse(request.count(), 1);
    if (agent.tasks().alive() + count > MOST_ALIVE) {
      throw EcsErrors.client(
          "You've reached the limit on the number of vCPUs you can run concurrently (the embedded"
              + " cloud runs "
              + MOST_ALIVE
              + " tasks at most).");
    }
    List<Task> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(start(request, cluster, definition, size, subnet));
    }
    RunTaskResponse response = RunTaskResponse.builder().tasks(started).failures(List.of()).build();
    if (request.clientToken() != null) {
      Instant until = agent.clock().now().plus(TOKEN_LIFETIME);
      byToken.put(request.clientToken(), new Remembered(request, response, until));
    }
    return response;
  }

  /**
   * The task definition of a service, when tasks of it can run on Fargate in that network.
   *
   * @throws AwsError ClientException, InvalidParameterException
   */
  TaskDefinition fargate(@Nullable String reference, @Nullable NetworkConfiguration where) {
    TaskDefinition definition = definition(reference);
    RunTaskRules.requireFargate(definition);
    network.place(where);
    return definition;
  }

  private @Nullable RunTaskResponse remembered(RunTaskRequest request) {
    byToken.values().removeIf(remembered -> remembered.until().isBefore(agent.clock().now()));
    Remembered remembered =
        request.clientToken() == null ? null : byToken.get(request.clientToken());
    if (remembered == null) {
      return null;
    }
    if (!remembered.request().equals(request)) {
      throw AwsError.badRequest(
          "ConflictException",
          "The RunTask request could not be processed due to conflicts. The provided clientToken is"
              + " already in use with a different RunTask request.");
    }
    return remembered.response();
  }

  /** The task definition that a request means; null when there is none. */
  @Nullable TaskDefinition known(@Nullable String reference) {
    return definitions.find(reference);
  }

  private TaskDefinition definition(@Nullable String reference) {
    TaskDefinition definition = definitions.find(reference);
    if (definition == null) {
      throw EcsErrors.client("TaskDefinition not found.");
    }
    if (definition.status() != TaskDefinitionStatus.ACTIVE) {
      throw EcsErrors.client("TaskDefinition is inactive");
    }
    return definition;
  }

  private Task start(
      RunTaskRequest request,
      Cluster cluster,
      TaskDefinition definition,
      FargateSize size,
      VpcNetwork.Placement subnet) {
    String id = newTasks.id();
    TaskOverride overrides =
        Objects.requireNonNullElse(request.overrides(), TaskOverride.builder().build());
    String taskRole =
        overrides.taskRoleArn() == null ? definition.taskRoleArn() : overrides.taskRoleArn();
    String executionRole =
        overrides.executionRoleArn() == null
            ? definition.executionRoleArn()
            : overrides.executionRoleArn();
    requireRole(executionRole, id);
    requireRole(taskRole, id);
    AwsVpcConfiguration vpc = request.networkConfiguration().awsvpcConfiguration();
    String attachmentId = UUID.randomUUID().toString();
    NetworkInterfaces.Made made = network.attach(subnet, vpc, attachmentId);
    Task task = newTasks.task(id, cluster, definition, size, subnet, made, attachmentId, request);
    agent.tasks().add(task);
    agent.tags().add(task.taskArn(), tags(request, definition));
    Map<String, String> environment = new HashMap<>(agent.credentials().grant(id, taskRole));
    environment.put("AWS_REGION", agent.identity().region());
    environment.put("AWS_DEFAULT_REGION", agent.identity().region());
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
    environment.put("AWS_ENDPOINT_URL", agent.identity().endpoint().toString());
    environment.put("HOSTNAME", newTasks.hostName(made.address()));
    NetworkTenants.Site site = network.site(subnet, vpc, made);
    TaskRun run =
        new TaskRun(agent, new TaskLaunch(id, definition, overrides, size, site, environment));
    runs.put(id, run);
    run.stopped()
        .thenRun(
            () -> {
              network.interfaces().delete(made.id());
              forget(id);
            });
    run.start();
    return task;
  }

  private void requireRole(@Nullable String roleArn, String taskId) {
    if (roleArn != null && !roleArn.isEmpty()) {
      agent.credentials().requireAssumable(roleArn, taskId);
    }
  }

  private List<Tag> tags(RunTaskRequest request, TaskDefinition definition) {
    List<Tag> tags = new ArrayList<>();
    if (request.propagateTags() == PropagateTags.TASK_DEFINITION) {
      tags.addAll(agent.tags().of(definition.taskDefinitionArn()));
    }
    tags.addAll(request.tags());
    return tags;
  }

  private synchronized void forget(String id) {
    runs.remove(id);
  }

  /** The run of a task that has not stopped; null for any other. */
  synchronized @Nullable TaskRun find(String id) {
    return runs.get(id);
  }

  /** All tasks that have not stopped. */
  synchronized List<TaskRun> alive() {
    return List.copyOf(runs.values());
  }

  /** Starts no more tasks. */
  synchronized void close() {
    closed = true;
  }
}
