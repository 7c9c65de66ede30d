package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Learns a standing lab's outputs from its stacks. */
final class FindLab implements Step {
  private final LabInstance instance;
  private final Cloud cloud;
  private final Bindings bindings;

  FindLab(LabInstance instance, Cloud cloud, Bindings bindings) {
    this.instance = instance;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Find lab " + instance.asArguments();
  }

  @Override
  public void run(Progress progress) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      String name = instance.stackName(spec);
      Stack stack = stacks.find(name).orElseThrow(() -> notUp("there is no stack " + name));
      if (StackState.of(stack.stackStatusAsString()) != StackState.STANDING) {
        throw notUp("stack " + name + " is " + stack.stackStatusAsString());
      }
      bindings.add(references -> references.withOutputs(Stacks.outputs(stack)));
    }
  }

  private Failure notUp(String why) {
    return new Failure(
        Failure.Kind.USAGE,
        "lab " + instance.asArguments() + " is not up on " + cloud.target().name(),
        why,
        "'pipelab up " + instance.asArguments() + "' sets it up");
  }
}
