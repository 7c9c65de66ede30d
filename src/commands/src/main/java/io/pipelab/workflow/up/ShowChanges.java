package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Shows what an update of a stack would change, and changes nothing. */
public final class ShowChanges implements Step {
  private final StackInput input;
  private final Cloud cloud;
  private List<String> lines = List.of();

  /**
   * A stack to be looked at.
   *
   * @param phase up to which it would be built; empty in a lab that is built as one
   */
  public ShowChanges(
      LabInstance instance, Lab.StackSpec spec, String phase, Cloud cloud, Bindings bindings) {
    this.input = new StackInput(instance, spec, phase, "", bindings);
    this.cloud = cloud;
  }

  @Override
  public String title() {
    return "Look what changes in stack " + stackName();
  }

  /** The stack's name. */
  public String stackName() {
    return input.name();
  }

  /** One for each change; to be asked after {@link #run}. */
  public List<String> lines() {
    return lines;
  }

  /**
   * Looks.
   *
   * @throws Failure of kind USAGE when the stack does not stand
   */
  @Override
  public void run(Progress progress) {
    Stack stack =
        new Stacks(cloud.clients().cloudFormation())
            .find(input.name())
            .filter(found -> StackState.of(found.stackStatusAsString()) == StackState.STANDING)
            .orElseThrow(this::notStanding);
    Optional<StackChanges> changes =
        StackChanges.of(input, input.parametersBeforeImages(stack), stack, cloud);
    changes.ifPresent(StackChanges::discard);
    lines = changes.map(StackChanges::lines).orElse(List.of());
    input.bindings().add(references -> references.withOutputs(Stacks.outputs(stack)));
  }

  private Failure notStanding() {
    return Failure.usage(
        "stack " + input.name() + " does not stand: nothing can be compared",
        "'pipelab up " + input.instance().asArguments() + "' creates it");
  }
}
