package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All services, by the path of their ARN; a deleted one stays visible as INACTIVE. */
final class Services {
  private final Map<String, RunningService> byPath = new TreeMap<>();

  /** A service's path: {@code cluster/name}. */
  static String path(String clusterArn, String nameOrArn) {
    return Tasks.id(clusterArn) + "/" + Tasks.id(nameOrArn);
  }

  /** Reads or changes services, alone. */
  synchronized <T> T with(Function<Map<String, RunningService>, T> work) {
    return work.apply(byPath);
  }

  /** The service, deleted ones too; null when there never was one. */
  synchronized @Nullable RunningService find(String clusterArn, String nameOrArn) {
    return byPath.get(path(clusterArn, nameOrArn));
  }

  /**
   * The service, which must not be gone.
   *
   * @throws AwsError ServiceNotFoundException
   */
  synchronized RunningService get(String clusterArn, String nameOrArn) {
    RunningService service = find(clusterArn, nameOrArn);
    if (service == null) {
      throw AwsError.badRequest("ServiceNotFoundException", "Service not found.");
    }
    return service;
  }

  /** The services of a cluster that are not INACTIVE, by name. */
  synchronized List<RunningService> of(String clusterArn) {
    return byPath.values().stream()
        .filter(service -> service.clusterArn().equals(clusterArn))
        .filter(service -> !service.status().equals(RunningService.INACTIVE))
        .toList();
  }

  /** How many of a cluster's services are in a status. */
  synchronized int count(String clusterArn, String status) {
    return (int) of(clusterArn).stream().filter(each -> each.status().equals(status)).count();
  }

  /** Whether an ARN is that of a service that is not INACTIVE. */
  synchronized boolean has(String arn) {
    return byPath.values().stream()
        .anyMatch(each -> each.arn().equals(arn) && !each.status().equals(RunningService.INACTIVE));
  }
}
