package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ShellCommand;
import io.pipelab.target.Failure;
import io.pipelab.target.Target;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
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
    Map<String, String> built = new TreeMap<>();
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      String name = instance.stackName(spec);
      Stack stack = stacks.find(name).orElseThrow(() -> notUp("there is no stack " + name));
      if (StackState.of(stack.stackStatusAsString()) != StackState.STANDING) {
        throw notUp("stack " + name + " is " + stack.stackStatusAsString());
      }
      bindings.add(references -> references.withOutputs(Stacks.outputs(stack)));
      built.putAll(changed(spec, stack));
    }
    bindings.add(references -> references.with("built", options(built)));
  }

  /** The options with which {@code up} builds what stands now. */
  private static String options(Map<String, String> parameters) {
    List<String> options = new ArrayList<>();
    parameters.forEach((name, value) -> options.addAll(List.of("-P", name + "=" + value)));
    return ShellCommand.quoted(options);
  }

  /** The lab's parameters whose values in the stack are not the defaults. */
  private Map<String, String> changed(Lab.StackSpec spec, Stack stack) {
    boolean local = cloud.target() instanceof Target.Local;
    Map<String, String> usual = instance.lab().parameterValues(local, Map.of());
    Map<String, String> changed = new TreeMap<>();
    for (Parameter parameter : stack.parameters()) {
      String given = spec.parameters().getOrDefault(parameter.parameterKey(), "");
      usual.forEach(
          (name, value) -> {
            if (given.equals("${param." + name + "}")
                && !value.equals(parameter.parameterValue())) {
              changed.put(name, parameter.parameterValue());
            }
          });
    }
    return changed;
  }

  private Failure notUp(String why) {
    return new Failure(
        Failure.Kind.USAGE,
        "lab " + instance.asArguments() + " is not up on " + cloud.target().name(),
        why,
        "'pipelab up " + instance.asArguments() + "' sets it up");
  }
}
