package io.pipelab.local.ecs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsResponse;

/** CreateCluster, DescribeClusters, ListClusters, UpdateCluster and DeleteCluster. */
final class ClusterActions {
  private final Clusters clusters;
  private final Tasks tasks;
  private final Services services;
  private final ResourceTags tags;

  ClusterActions(Clusters clusters, Tasks tasks, Services services, ResourceTags tags) {
    this.clusters = clusters;
    this.tasks = tasks;
    this.services = services;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateClusterRequest.class, this::createCluster)
        .on(DescribeClustersRequest.class, this::describeClusters)
        .on(ListClustersRequest.class, this::listClusters)
        .on(UpdateClusterRequest.class, this::updateCluster)
        .on(UpdateClusterSettingsRequest.class, this::updateClusterSettings)
        .on(DeleteClusterRequest.class, this::deleteCluster);
  }

  private CreateClusterResponse createCluster(CreateClusterRequest request) {
    Cluster created =
        clusters.create(
            Objects.requireNonNullElse(request.clusterName(), "default"),
            request.settings(),
            request.configuration());
    tags.add(created.clusterArn(), request.tags());
    return CreateClusterResponse.builder()
        .cluster(counted(created).toBuilder().tags(tags.of(created.clusterArn())).build())
        .build();
  }

  private DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
    List<Cluster> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    List<String> wanted = request.clusters().isEmpty() ? List.of("default") : request.clusters();
    for (String reference : wanted) {
      Cluster cluster = clusters.find(reference);
      if (cluster == null) {
        failures.add(Failure.builder().arn(clusters.arn(reference)).reason("MISSING").build());
      } else {
        found.add(shown(cluster, request.include()));
      }
    }
    return DescribeClustersResponse.builder().clusters(found).failures(failures).build();
  }

  /** What was not asked for by {@code include} is left out, as ECS does. */
  private Cluster shown(Cluster cluster, List<ClusterField> include) {
    Cluster.Builder shown = counted(cluster).toBuilder();
    shown.settings(include.contains(ClusterField.SETTINGS) ? cluster.settings() : List.of());
    shown.tags(include.contains(ClusterField.TAGS) ? tags.of(cluster.clusterArn()) : List.of());
    shown.statistics(include.contains(ClusterField.STATISTICS) ? statistics(cluster) : List.of());
    shown.configuration(
        include.contains(ClusterField.CONFIGURATIONS) ? cluster.configuration() : null);
    return shown.build();
  }

  private List<KeyValuePair> statistics(Cluster cluster) {
    return List.of(
        statistic("runningEC2TasksCount", 0),
        statistic("runningFargateTasksCount", tasks.count(cluster.clusterArn(), true)),
        statistic("pendingEC2TasksCount", 0),
        statistic("pendingFargateTasksCount", tasks.count(cluster.clusterArn(), false)),
        statistic("activeEC2ServiceCount", 0),
        statistic("activeFargateServiceCount", services(cluster, RunningService.ACTIVE)),
        statistic("drainingEC2ServiceCount", 0),
        statistic("drainingFargateServiceCount", services(cluster, RunningService.DRAINING)));
  }

  private int services(Cluster cluster, String status) {
    return services.count(cluster.clusterArn(), status);
  }

  private static KeyValuePair statistic(String name, int value) {
    return KeyValuePair.builder().name(name).value(Integer.toString(value)).build();
  }

  private Cluster counted(Cluster cluster) {
    return cluster.toBuilder()
        .runningTasksCount(tasks.count(cluster.clusterArn(), true))
        .pendingTasksCount(tasks.count(cluster.clusterArn(), false))
        .activeServicesCount(services(cluster, RunningService.ACTIVE))
        .build();
  }

  private ListClustersResponse listClusters(ListClustersRequest request) {
    List<String> arns = clusters.list().stream().map(Cluster::clusterArn).toList();
    Page<String> page = Page.of(arns, request.nextToken(), request.maxResults(), 100);
    return ListClustersResponse.builder().clusterArns(page.items()).nextToken(page.next()).build();
  }

  private UpdateClusterResponse updateCluster(UpdateClusterRequest request) {
    Cluster changed =
        clusters.update(request.cluster(), request.settings(), request.configuration());
    return UpdateClusterResponse.builder().cluster(counted(changed)).build();
  }

  private UpdateClusterSettingsResponse updateClusterSettings(
      UpdateClusterSettingsRequest request) {
    Cluster changed = clusters.update(request.cluster(), request.settings(), null);
    return UpdateClusterSettingsResponse.builder().cluster(counted(changed)).build();
  }

  private DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
    return DeleteClusterResponse.builder().cluster(delete(request.cluster())).build();
  }

  /**
   * Deletes a cluster in which nothing runs.
   *
   * @throws AwsError ClusterNotFoundException, ClusterContainsServicesException,
   *     ClusterContainsTasksException
   */
  Cluster delete(@Nullable String reference) {
    Cluster cluster = clusters.get(reference);
    if (services(cluster, RunningService.ACTIVE) > 0) {
      throw AwsError.badRequest(
          "ClusterContainsServicesException",
          "The Cluster cannot be deleted while Services are active.");
    }
    if (tasks.isUsed(cluster.clusterArn())) {
      throw AwsError.badRequest(
          "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }
    tags.forget(cluster.clusterArn());
    return clusters.delete(reference);
  }
}
