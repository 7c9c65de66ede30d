package io.pipelab.workflow.down;

import io.pipelab.target.ServiceFailures;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

/**
 * Notes what the lab's stacks hold, and what stacks of the same names held that were deleted
 * before: what those left behind is the lab's, too.
 */
public final class TakeInventory implements Step {
  private final LabCopy copy;
  private final List<String> stackNames;
  private final Cloud cloud;
  private final Inventory inventory;

  public TakeInventory(LabCopy copy, List<String> stackNames, Cloud cloud, Inventory inventory) {
    this.copy = copy;
    this.stackNames = List.copyOf(stackNames);
    this.cloud = cloud;
    this.inventory = inventory;
  }

  @Override
  public String title() {
    return "List what the lab holds";
  }

  @Override
  public void run(Progress progress) {
    progress.underway(
        "nothing was deleted: lab " + copy.asArguments() + " stays as it is",
        "'pipelab down " + copy.asArguments() + "' removes it");
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    for (String name : stackNames) {
      stacks.resources(name).forEach(this::note);
    }
    try {
      lastDeleted().forEach(id -> stacks.resources(id).forEach(this::note));
    } catch (CloudFormationException e) {
      if (!ServiceFailures.isUnsupported(e)) {
        throw e;
      }
      progress.note(
          "this target keeps no list of deleted stacks: looking at the present ones only");
    }
  }

  /** The most recently deleted stack of each name: CloudFormation keeps them for ninety days. */
  private List<String> lastDeleted() {
    CloudFormationClient cloudFormation = cloud.clients().cloudFormation();
    List<StackSummary> deleted =
        cloudFormation
            .listStacksPaginator(r -> r.stackStatusFilters(StackStatus.DELETE_COMPLETE))
            .stackSummaries()
            .stream()
            .filter(stack -> stackNames.contains(stack.stackName()))
            .toList();
    return stackNames.stream()
        .flatMap(
            name ->
                deleted.stream()
                    .filter(stack -> stack.stackName().equals(name))
                    .filter(stack -> stack.deletionTime() != null)
                    .max(Comparator.comparing(StackSummary::deletionTime))
                    .stream())
        .map(StackSummary::stackId)
        .toList();
  }

  private void note(StackResourceSummary resource) {
    String id = resource.physicalResourceId();
    if (id == null || id.isEmpty()) {
      return;
    }
    inventory.add(resource.resourceType(), id);
    if (resource.resourceType().equals("AWS::Lambda::Function")) {
      // A call that comes late makes Lambda create the log group again.
      inventory.add("AWS::Logs::LogGroup", "/aws/lambda/" + id);
    }
  }
}
