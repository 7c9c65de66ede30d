package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;

/** AWS::ECS::Cluster. */
final class ClusterResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ECS::Cluster")
          .createOnly("ClusterName")
          .properties("ClusterSettings", "Configuration", "Tags")
          .attributes("Arn");

  private final Clusters clusters;
  private final ClusterActions actions;
  private final ResourceTags tags;

  ClusterResource(Clusters clusters, ClusterActions actions, ResourceTags tags) {
    this.clusters = clusters;
    this.actions = actions;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("ClusterName", 255);
    Cluster there = clusters.find(name);
    if (there != null && there.status().equals(Clusters.ACTIVE)) {
      throw AwsError.badRequest(
          "AlreadyExists",
          "Resource of type 'AWS::ECS::Cluster' with identifier '" + name + "' already exists.");
    }
    CreateClusterRequest bound = bind(request);
    Cluster created = clusters.create(name, bound.settings(), bound.configuration());
    tags.replace(created.clusterArn(), ResourceTags.of(request));
    return physical(created);
  }

  private static CreateClusterRequest bind(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove(Set.of("ClusterName", "Tags"));
    if (properties.has("ClusterSettings")) {
      properties.set("Settings", properties.remove("ClusterSettings"));
    }
    return Pojos.bind(properties, CreateClusterRequest.builder());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    CreateClusterRequest bound = bind(after);
    Cluster changed =
        clusters.update(current.physicalId(), bound.settings(), bound.configuration());
    tags.replace(changed.clusterArn(), ResourceTags.of(after));
    return physical(changed);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Cluster cluster = clusters.find(current.physicalId());
    if (cluster != null && cluster.status().equals(Clusters.ACTIVE)) {
      actions.delete(current.physicalId());
    }
  }

  private static PhysicalResource physical(Cluster cluster) {
    return PhysicalResource.of(cluster.clusterName()).with("Arn", cluster.clusterArn());
  }
}
