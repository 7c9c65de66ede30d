package io.pipelab.workflow.down;

import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

/**
 * Stops the tasks of a cluster and waits until none runs: a cluster with tasks cannot be deleted.
 */
final class StopTasks {
  private final Cloud cloud;

  StopTasks(Cloud cloud) {
    this.cloud = cloud;
  }

  void stop(String cluster, Progress progress) {
    EcsClient ecs = cloud.clients().ecs();
    try {
      List<String> tasks = running(ecs, cluster);
      for (String task : tasks) {
        ecs.stopTask(request -> request.cluster(cluster).task(task).reason("pipelab down"));
      }
      if (tasks.isEmpty()) {
        return;
      }
      progress.note("cluster " + cluster + ": " + tasks.size() + " tasks told to stop");
      cloud
          .poller()
          .until(
              "the tasks of cluster " + cluster + " to stop",
              cloud.deadline(),
              () -> allStopped(ecs, cluster, tasks) ? Optional.of(true) : Optional.empty());
    } catch (ClusterNotFoundException e) {
      progress.note("cluster " + cluster + " is not there");
    }
  }

  static List<String> running(EcsClient ecs, String cluster) {
    return ecs
        .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(DesiredStatus.RUNNING))
        .taskArns()
        .stream()
        .toList();
  }

  private static boolean allStopped(EcsClient ecs, String cluster, List<String> tasks) {
    // DescribeTasks takes a hundred at most.
    for (int from = 0; from < tasks.size(); from += 100) {
      List<String> some = new ArrayList<>(tasks.subList(from, Math.min(tasks.size(), from + 100)));
      boolean stopped =
          ecs.describeTasks(request -> request.cluster(cluster).tasks(some)).tasks().stream()
              .allMatch(task -> "STOPPED".equals(task.lastStatus()));
      if (!stopped) {
        return false;
      }
    }
    return true;
  }
}
