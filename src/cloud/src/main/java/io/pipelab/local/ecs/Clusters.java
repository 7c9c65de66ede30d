package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;

/** The clusters, by name; a deleted one stays visible as INACTIVE. */
final class Clusters {
  static final String ACTIVE = "ACTIVE";
  private static final String INACTIVE = "INACTIVE";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

  private final CloudIdentity identity;
  private final Map<String, Cluster> byName = new TreeMap<>();

  Clusters(CloudIdentity identity) {
    this.identity = identity;
  }

  /** Creates a cluster; an active one of that name is returned as it is, as ECS does. */
  synchronized Cluster create(
      String name, List<ClusterSetting> settings, @Nullable ClusterConfiguration configuration) {
    if (!NAME.matcher(name).matches()) {
      throw EcsErrors.invalid(
          "Invalid parameter at 'clusterName': Up to 255 letters (uppercase and lowercase),"
              + " numbers, underscores, and hyphens are allowed.");
    }
    Cluster there = byName.get(name);
    if (there != null && there.status().equals(ACTIVE)) {
      return there;
    }
    Cluster created =
        Cluster.builder()
            .clusterName(name)
            .clusterArn(identity.arn("ecs", "cluster/" + name))
            .status(ACTIVE)
            .registeredContainerInstancesCount(0)
            .runningTasksCount(0)
            .pendingTasksCount(0)
            .activeServicesCount(0)
            .settings(completed(settings))
            .configuration(configuration)
            .capacityProviders(List.of())
            .defaultCapacityProviderStrategy(List.of())
            .build();
    byName.put(name, created);
    return created;
  }

  private static List<ClusterSetting> completed(List<ClusterSetting> settings) {
    for (ClusterSetting setting : settings) {
      boolean known =
          setting.name() == ClusterSettingName.CONTAINER_INSIGHTS
              && List.of("enabled", "disabled", "enhanced").contains(setting.value());
      if (!known) {
        throw EcsErrors.invalid(
            "Invalid cluster setting: "
                + setting.nameAsString()
                + "="
                + setting.value()
                + ". containerInsights can be enabled, enhanced or disabled.");
      }
    }
    return settings.isEmpty()
        ? List.of(
            ClusterSetting.builder()
                .name(ClusterSettingName.CONTAINER_INSIGHTS)
                .value("disabled")
                .build())
        : settings;
  }

  /** The cluster of that name or ARN, deleted ones too; null when there never was one. */
  synchronized @Nullable Cluster find(@Nullable String nameOrArn) {
    return byName.get(name(nameOrArn));
  }

  /**
   * The active cluster of that name or ARN; {@code default} for null.
   *
   * @throws AwsError ClusterNotFoundException
   */
  synchronized Cluster get(@Nullable String nameOrArn) {
    Cluster cluster = find(nameOrArn);
    if (cluster == null || !cluster.status().equals(ACTIVE)) {
      throw EcsErrors.clusterNotFound();
    }
    return cluster;
  }

  /** The ARN that a cluster of this name would have. */
  String arn(String nameOrArn) {
    return identity.arn("ecs", "cluster/" + name(nameOrArn));
  }

  private static String name(@Nullable String nameOrArn) {
    String text = Objects.requireNonNullElse(nameOrArn, "default");
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** The active clusters by name. */
  synchronized List<Cluster> list() {
    return byName.values().stream().filter(c -> c.status().equals(ACTIVE)).toList();
  }

  synchronized Cluster update(
      @Nullable String nameOrArn,
      List<ClusterSetting> settings,
      @Nullable ClusterConfiguration configuration) {
    Cluster before = get(nameOrArn);
    Cluster.Builder after = before.toBuilder();
    if (!settings.isEmpty()) {
      after.settings(completed(settings));
    }
    if (configuration != null) {
      after.configuration(configuration);
    }
    Cluster changed = after.build();
    byName.put(changed.clusterName(), changed);
    return changed;
  }

  /** Makes a cluster INACTIVE. */
  synchronized Cluster delete(@Nullable String nameOrArn) {
    Cluster deleted = get(nameOrArn).toBuilder().status(INACTIVE).build();
    byName.put(deleted.clusterName(), deleted);
    return deleted;
  }
}
