package io.pipelab.workflow.down;

import io.pipelab.target.AwsClients;
import io.pipelab.target.ServiceFailures;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** Looks for what is left of a lab after its stacks were deleted: proof, not hope. */
public final class FindLeftovers implements Step {
  private static final String DATABASE = "AWS::RDS::DBInstance";

  private final LabCopy copy;
  private final List<String> stackNames;
  private final Cloud cloud;
  private final Inventory inventory;
  private final List<Leftover> found = new ArrayList<>();

  public FindLeftovers(LabCopy copy, List<String> stackNames, Cloud cloud, Inventory inventory) {
    this.copy = copy;
    this.stackNames = List.copyOf(stackNames);
    this.cloud = cloud;
    this.inventory = inventory;
  }

  @Override
  public String title() {
    return "Look for what is left";
  }

  /** What was found, sorted; to be asked after {@link #run}. */
  public List<Leftover> found() {
    return found.stream()
        .sorted(Comparator.comparing(Leftover::type).thenComparing(Leftover::id))
        .toList();
  }

  @Override
  public void run(Progress progress) {
    progress.underway(
        "the stacks of lab " + copy.asArguments() + " are deleted; what is left is not known",
        "'pipelab down " + copy.asArguments() + "' looks again");
    AwsClients clients = cloud.clients();
    Stacks stacks = new Stacks(clients.cloudFormation());
    for (String name : stackNames) {
      stacks.find(name).ifPresent(s -> found.add(new Leftover("AWS::CloudFormation::Stack", name)));
    }
    Presence presence = new Presence(clients);
    for (Leftover thing : inventory.things()) {
      if (thing.type().equals(DATABASE)) {
        snapshotsOf(clients.rds(), thing.id()).forEach(found::add);
      }
      if (Presence.knows(thing.type()) && isThere(presence, thing, progress)) {
        found.add(thing);
        if (thing.type().equals("AWS::ECS::Cluster")) {
          tasksOf(clients.ecs(), thing.id()).forEach(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      progress.note("nothing is left");
    }
  }

  private static boolean isThere(Presence presence, Leftover thing, Progress progress) {
    try {
      return presence.isThere(thing);
    } catch (SdkException e) {
      if (!ServiceFailures.isUnsupported(e)) {
        throw e;
      }
      progress.note(
          "this target cannot say whether " + thing.type() + " " + thing.id() + " is left");
      return false;
    }
  }

  /** Those that somebody made, and the last one of a database that is deleted with one. */
  private static Stream<Leftover> snapshotsOf(RdsClient rds, String database) {
    return rds
        .describeDBSnapshotsPaginator(r -> r.dbInstanceIdentifier(database).snapshotType("manual"))
        .dbSnapshots()
        .stream()
        .map(snapshot -> new Leftover("AWS::RDS::DBSnapshot", snapshot.dbSnapshotIdentifier()));
  }

  private static Stream<Leftover> tasksOf(EcsClient ecs, String cluster) {
    return StopTasks.running(ecs, cluster).stream().map(arn -> new Leftover("AWS::ECS::Task", arn));
  }
}
