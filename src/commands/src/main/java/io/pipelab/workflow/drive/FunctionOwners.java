package io.pipelab.workflow.drive;

import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.LabCopy;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Finds out which copies of labs have a function of a name. */
public final class FunctionOwners {
  static final String FUNCTION = "AWS::Lambda::Function";

  private final Stacks stacks;

  public FunctionOwners(Stacks stacks) {
    this.stacks = stacks;
  }

  /**
   * Those of the copies that have it: under just that name, or else with the copy's prefix.
   *
   * @param name with or without the prefix
   */
  public List<LabCopy> of(String name, List<LabCopy> copies) {
    List<LabCopy> exactly = new ArrayList<>();
    List<LabCopy> prefixed = new ArrayList<>();
    for (LabCopy copy : copies) {
      List<String> functions = functions(copy);
      if (functions.contains(name)) {
        exactly.add(copy);
      } else if (functions.contains(copy.instance() + "-" + name)) {
        prefixed.add(copy);
      }
    }
    return exactly.isEmpty() ? prefixed : exactly;
  }

  private List<String> functions(LabCopy copy) {
    return stacks.namesOf(copy).stream()
        .flatMap(stack -> stacks.standing(stack).stream())
        .filter(resource -> FUNCTION.equals(resource.resourceType()))
        .map(StackResourceSummary::physicalResourceId)
        .toList();
  }
}
