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
 * AWS/ECS CPUUtilization and MemoryUtilization by ClusterName, in percent of what the cluster's
 * running tasks reserve; and ECS/ContainerInsights TaskCount where container insights are on.
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

  /** What one cluster's tasks reserve and use. */
  private static final class Sum {
    private double reservedProcessors;
    private double usedProcessors;
    private double reservedMiB;
    private double usedMiB;
  }

  @Override
  public synchronized void sample(Metrics metrics) {
    Map<Long, long[]> now = new HashMap<>();
    Map<String, Sum> sums = new HashMap<>();
    for (TaskRun run : runs.alive()) {
      Task task = tasks.find(run.id());
      if (task != null && task.lastStatus().equals("RUNNING")) {
        Sum sum = sums.computeIfAbsent(task.clusterArn(), ignored -> new Sum());
        sum.reservedProcessors += Integer.parseInt(task.cpu()) / 1024.0;
        sum.reservedMiB += Integer.parseInt(task.memory());
        for (RunningContainer container : run.containers().values()) {
          sum.usedProcessors += processors(container, now);
          sum.usedMiB += container.residentMiB();
        }
      }
    }
    before = now;
    for (Cluster cluster : clusters.list()) {
      Map<String, String> dimensions = Map.of("ClusterName", cluster.clusterName());
      Sum sum = sums.get(cluster.clusterArn());
      if (sum != null) {
        record(metrics, "CPUUtilization", dimensions, sum.usedProcessors / sum.reservedProcessors);
        record(metrics, "MemoryUtilization", dimensions, sum.usedMiB / sum.reservedMiB);
      }
      if (List.of("enabled", "enhanced").contains(cluster.settings().get(0).value())) {
        int count = tasks.count(cluster.clusterArn(), true);
        metrics.record("ECS/ContainerInsights", "TaskCount", dimensions, count, "Count");
      }
    }
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
