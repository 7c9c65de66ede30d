package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ShellCommand;
import io.pipelab.target.Failure;
import io.pipelab.target.Target;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.stack.StandingPhase;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    String phase = "";
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      String name = instance.stackName(spec);
      Stack stack = stacks.find(name).orElseThrow(() -> notUp("there is no stack " + name));
      if (StackState.of(stack.stackStatusAsString()) != StackState.STANDING) {
        throw notUp("stack " + name + " is " + stack.stackStatusAsString());
      }
      bindings.add(references -> references.withOutputs(Stacks.outputs(stack)));
      built.putAll(changed(spec, stack));
      if (spec.phaseParameter().isPresent()) {
        phase = StandingPhase.of(instance.lab().phases(), spec, stack);
      }
    }
    String standing = phase;
    bindings.add(
        references ->
            references
                .with("built", options(built, standing))
                .with("phase", standing)
                .withLate(later(standing)));
  }

  /** The outputs that come with later phases: whoever asks for one is told so. */
  private Map<String, Supplier<String>> later(String standing) {
    Map<String, Supplier<String>> later = new TreeMap<>();
    instance
        .lab()
        .phases()
        .outputs()
        .forEach(
            (output, phase) -> {
              if (!instance.lab().phases().stands(phase, standing)) {
                later.put(
                    "outputs." + output,
                    () -> {
                      throw notBuilt(output, phase, standing);
                    });
              }
            });
    return later;
  }

  private Failure notBuilt(String output, String phase, String standing) {
    return new Failure(
        Failure.Kind.USAGE,
        "lab %s has no %s yet: it comes with phase %s"
            .formatted(instance.asArguments(), output, instance.lab().phases().place(phase)),
        "it is built up to phase " + instance.lab().phases().place(standing),
        "'pipelab up " + instance.asArguments() + " --next' builds one phase more");
  }

  /** The options with which {@code up} builds what stands now. */
  private String options(Map<String, String> parameters, String phase) {
    List<String> options = new ArrayList<>();
    if (!instance.lab().phases().isWhole(phase)) {
      options.addAll(List.of("--phase", phase));
    }
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
