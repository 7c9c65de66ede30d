package io.pipelab.local.ecs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** RunTask, DescribeTasks, ListTasks and StopTask. */
final class TaskActions {
  private final Clusters clusters;
  private final Tasks tasks;
  private final ResourceTags tags;
  private final RunTasks runTasks;
  private final Services services;
  private final PassedRoles passing;

  TaskActions(
      Clusters clusters,
      Tasks tasks,
      ResourceTags tags,
      RunTasks runTasks,
      Services services,
      PassedRoles passing) {
    this.clusters = clusters;
    this.tasks = tasks;
    this.tags = tags;
    this.runTasks = runTasks;
    this.services = services;
    this.passing = passing;
  }

  void addTo(Actions actions) {
    actions
        .on(RunTaskRequest.class, (RunTaskRequest request, Caller by) -> runTask(request, by))
        .on(DescribeTasksRequest.class, this::describeTasks)
        .on(ListTasksRequest.class, this::listTasks)
        .on(StopTaskRequest.class, this::stopTask);
  }

  /** Who runs a task hands its roles over, also those that stand in the task definition. */
  RunTaskResponse runTask(RunTaskRequest request, Caller caller) {
    TaskDefinition definition = runTasks.known(request.taskDefinition());
    if (definition != null) {
      passing.require(definition, caller);
    }
    return runTasks.runTask(request);
  }

  private DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    if (request.tasks().isEmpty()) {
      throw EcsErrors.invalid("Tasks cannot be empty.");
    }
    if (request.tasks().size() > 100) {
      throw EcsErrors.invalid("Tasks can have at most 100 items.");
    }
    List<Task> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String reference : request.tasks()) {
      Task task = find(cluster, reference);
      if (task == null) {
        String arn = cluster.clusterArn().replace(":cluster/", ":task/");
        failures.add(
            Failure.builder()
                .arn(reference.startsWith("arn:") ? reference : arn + "/" + reference)
                .reason("MISSING")
                .build());
      } else {
        boolean tagged = request.include().contains(TaskField.TAGS);
        found.add(tagged ? task.toBuilder().tags(tags.of(task.taskArn())).build() : task);
      }
    }
    return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
  }

  private @Nullable Task find(Cluster cluster, String reference) {
    Task task = tasks.find(reference);
    return task != null && task.clusterArn().equals(cluster.clusterArn()) ? task : null;
  }

  private ListTasksResponse listTasks(ListTasksRequest request) {
    if (request.containerInstance() != null) {
      throw AwsError.notImplemented("container instances, as ListTasks' filter");
    }
    Cluster cluster = clusters.get(request.cluster());
    String group =
        request.serviceName() == null
            ? null
            : "service:" + services.get(cluster.clusterArn(), request.serviceName()).name();
    String desired =
        Objects.requireNonNullElse(request.desiredStatus(), DesiredStatus.RUNNING).toString();
    List<String> arns =
        tasks.list().stream()
            .filter(task -> task.clusterArn().equals(cluster.clusterArn()))
            .filter(task -> task.desiredStatus().equals(desired))
            .filter(task -> group == null || group.equals(task.group()))
            .filter(task -> request.family() == null || isOf(request.family(), task))
            .filter(
                task -> request.startedBy() == null || request.startedBy().equals(task.startedBy()))
            .filter(
                task -> request.launchType() == null || request.launchType() == LaunchType.FARGATE)
            .map(Task::taskArn)
            .toList();
    Page<String> page = Page.of(arns, request.nextToken(), request.maxResults(), 100);
    return ListTasksResponse.builder().taskArns(page.items()).nextToken(page.next()).build();
  }

  private static boolean isOf(String family, Task task) {
    return Tasks.id(task.taskDefinitionArn()).startsWith(family + ":");
  }

  private StopTaskResponse stopTask(StopTaskRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    String reference = Objects.requireNonNullElse(request.task(), "");
    Task task = find(cluster, reference);
    if (task == null) {
      throw EcsErrors.invalid("The referenced task was not found.");
    }
    TaskRun run = runTasks.find(Tasks.id(reference));
    String reason = Objects.requireNonNullElse(request.reason(), "Task stopped by user");
    Task stopping = run == null ? task : run.stop(TaskStopCode.USER_INITIATED, reason);
    return StopTaskResponse.builder().task(stopping).build();
  }
}
