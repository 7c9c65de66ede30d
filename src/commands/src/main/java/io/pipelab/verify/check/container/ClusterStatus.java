package io.pipelab.verify.check.container;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Cluster;

/** An ECS cluster is ACTIVE. */
public record ClusterStatus(String cluster) implements Check {
  public static final CheckType TYPE =
      CheckType.named("cluster-status")
          .needs("cluster")
          .madeBy(settings -> new ClusterStatus(settings.text("cluster")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(cluster + " ACTIVE");
    List<Cluster> found =
        scope.clients().ecs().describeClusters(describe -> describe.clusters(cluster)).clusters();
    if (found.isEmpty()) {
      return claim.lacks("there is no cluster " + cluster).fixedBy(fix());
    }
    String actual = cluster + " " + found.get(0).status();
    return found.get(0).status().equals("ACTIVE")
        ? claim.holds(actual)
        : claim.lacks(actual).fixedBy(fix());
  }

  private ShellCommand fix() {
    return ShellCommand.of("aws", "ecs", "create-cluster", "--cluster-name", cluster);
  }
}
