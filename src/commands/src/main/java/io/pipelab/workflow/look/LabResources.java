package io.pipelab.workflow.look;

import io.pipelab.target.Failure;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * What the stacks of one copy of a lab hold now, and what was made by hand beside them.
 *
 * @param since when the first of the stacks was created, by the target's clock; the beginning of
 *     time of a lab without any
 */
record LabResources(Instant since, List<LabResource> all) {

  /** A resource of a stack: its CloudFormation type and its physical id. */
  record LabResource(String type, String id) {}

  /**
   * Finds them by the stacks' tags.
   *
   * @param parts those that were found by their names
   * @throws Failure of kind USAGE when the lab has no stack on the target
   */
  static LabResources of(String lab, String instance, LabParts parts, Cloud cloud) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    List<Stack> found =
        stacks.ours().stream()
            .filter(stack -> Stacks.labOf(stack).equals(lab))
            .filter(stack -> Stacks.instanceOf(stack).equals(instance))
            .toList();
    if (found.isEmpty() && parts.found().isEmpty()) {
      String name = instance.isEmpty() ? lab : lab + " --instance " + instance;
      throw Failure.usage(
          "lab " + name + " is not up on " + cloud.target().name(),
          "'pipelab up " + name + "' sets it up");
    }
    Set<LabResource> all = new LinkedHashSet<>();
    for (Stack stack : found) {
      for (StackResourceSummary resource : stacks.standing(stack.stackName())) {
        if (resource.physicalResourceId() != null && !resource.physicalResourceId().isEmpty()) {
          all.add(new LabResource(resource.resourceType(), resource.physicalResourceId()));
        }
      }
    }
    parts.found().forEach(one -> all.add(new LabResource(one.part().type(), one.part().id())));
    Instant since =
        found.stream().map(Stack::creationTime).min(Instant::compareTo).orElse(Instant.EPOCH);
    return new LabResources(since, List.copyOf(all));
  }

  /** The physical ids of all resources of a type. */
  List<String> ids(String type) {
    return all.stream().filter(r -> r.type().equals(type)).map(LabResource::id).toList();
  }
}
