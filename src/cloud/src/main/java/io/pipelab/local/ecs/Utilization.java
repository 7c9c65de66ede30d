package io.pipelab.local.ecs;

import io.pipelab.local.ecs.container.RunningContainer;
import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * AWS/ECS CPUUtilization and MemoryUtilization by ClusterName, and by ClusterName and ServiceName,
 * in percent of what the running tasks reserve; and ECS/ContainerInsights TaskCount where container
 * insights are on.
 */
final class Utilization implements MetricSource {
  private final Clusters clusters;
  private final Tasks tasks;
  private final RunTasks runs;

  /** CPU time and wall time at the last look, in nanoseconds, by process. */
  private Map<Long, long[]> before = new HashMap<>();

  Utilization(Clusters clusters, Tasks tasks, RunTasks runs) {
    this.clusters = clusters;
    this.tasks = tasks;
    this.runs = runs;
  }

  /** What the tasks of one cluster or service reserve and use. */
  private static final class Sum {
    private double reservedProcessors;
    private double usedProcessors;
    private double reservedMiB;
    private double usedMiB;

    void add(Sum other) {
      reservedProcessors += other.reservedProcessors;
      usedProcessors += other.usedProcessors;
      reservedMiB += other.reservedMiB;
      usedMiB += other.usedMiB;
    }
  }

  @Override
  public synchronized void sample(Metrics metrics) {
    Map<Long, long[]> now = new HashMap<>();
    Map<Map<String, String>, Sum> sums = new HashMap<>();
    for (TaskRun run : runs.alive()) {
      Task task = tasks.find(run.id());
      if (task != null && task.lastStatus().equals("RUNNING")) {
        Sum used = used(run, task, now);
        for (Map<String, String> dimensions : dimensions(task)) {
          sums.computeIfAbsent(dimensions, ignored -> new Sum()).add(used);
        }
      }
    }
    before = now;
    sums.forEach(
        (dimensions, sum) -> {
          record(
              metrics, "CPUUtilization", dimensions, sum.usedProcessors / sum.reservedProcessors);
          record(metrics, "MemoryUtilization", dimensions, sum.usedMiB / sum.reservedMiB);
        });
    for (Cluster cluster : clusters.list()) {
      if (List.of("enabled", "enhanced").contains(cluster.settings().get(0).value())) {
        Map<String, String> dimensions = Map.of("ClusterName", cluster.clusterName());
        int count = tasks.count(cluster.clusterArn(), true);
        metrics.record("ECS/ContainerInsights", "TaskCount", dimensions, count, "Count");
      }
    }
  }

  /** A task counts for its cluster, and for its service when it is of one. */
  private static List<Map<String, String>> dimensions(Task task) {
    String cluster = Tasks.id(task.clusterArn());
    Map<String, String> itsCluster = Map.of("ClusterName", cluster);
    return task.group().startsWith("service:")
        ? List.of(
            itsCluster,
            Map.of(
                "ClusterName", cluster, "ServiceName", task.group().substring("service:".length())))
        : List.of(itsCluster);
  }

  private Sum used(TaskRun run, Task task, Map<Long, long[]> now) {
    Sum sum = new Sum();
    sum.reservedProcessors = Integer.parseInt(task.cpu()) / 1024.0;
    sum.reservedMiB = Integer.parseInt(task.memory());
    for (RunningContainer container : run.containers().values()) {
      sum.usedProcessors += processors(container, now);
      sum.usedMiB += container.residentMiB();
    }
    return sum;
  }

  private static void record(
      Metrics metrics, String metric, Map<String, String> dimensions, double share) {
    metrics.record("AWS/ECS", metric, dimensions, share * 100, "Percent");
  }

  /** How many processors a process used since the last look, or since it started. */
  private double processors(RunningContainer container, Map<Long, long[]> now) {
    long[] at = {container.cpuTime().toNanos(), System.nanoTime()};
    now.put(container.pid(), at);
    long[] last = before.getOrDefault(container.pid(), new long[] {0, container.startedNanos()});
    return (at[0] - last[0]) / (double) Math.max(1, at[1] - last[1]);
  }
}
