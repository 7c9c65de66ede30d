package io.pipelab.workflow.byname;

import io.pipelab.lab.ShellCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster of Amazon ECS that is not deleted: those stay visible for a while. */
final class FindCluster implements PartKind {
  @Override
  public String word() {
    return "cluster";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search
        .clients()
        .ecs()
        .describeClusters(describe -> describe.clusters(name.text()))
        .clusters()
        .stream()
        .filter(cluster -> !"INACTIVE".equals(cluster.status()))
        .map(
            cluster ->
                new Part(
                    "AWS::ECS::Cluster",
                    cluster.clusterName(),
                    cluster.clusterName(),
                    Map.of("name", cluster.clusterName(), "arn", cluster.clusterArn())))
        .toList();
  }

  @Override
  public Optional<ShellCommand> making(WantedName name) {
    return Optional.of(
        ShellCommand.of("aws", "ecs", "create-cluster", "--cluster-name", name.text()));
  }
}
