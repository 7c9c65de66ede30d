package io.pipelab.workflow.stack;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Phases;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** How far a copy of a lab is built: its stacks say, by the parameter that was given to them. */
public final class StandingPhase {
  private StandingPhase() {}

  /**
   * The last phase that stands.
   *
   * @return empty when none does, and in a lab that is built as one
   */
  public static Optional<String> of(LabInstance instance, Stacks stacks) {
    Optional<String> standing = Optional.empty();
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      if (spec.phaseParameter().isPresent()) {
        Optional<String> own =
            stacks
                .find(instance.stackName(spec))
                .filter(StandingPhase::stood)
                .map(stack -> of(instance.lab().phases(), spec, stack));
        if (own.isEmpty()) {
          return own;
        }
        standing = own;
      }
    }
    return standing;
  }

  /**
   * The last phase that stands once nothing moves any more: waits for whoever works on the stacks.
   *
   * @return empty when none does, and in a lab that is built as one
   */
  public static Optional<String> settled(LabInstance instance, Cloud cloud, Progress progress) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    for (Lab.StackSpec spec : instance.lab().stacks()) {
      Stack stack = stacks.find(instance.stackName(spec)).orElse(null);
      if (stack != null && StackState.of(stack.stackStatusAsString()) == StackState.MOVING) {
        String what = "stack " + stack.stackName() + " to leave " + stack.stackStatusAsString();
        progress.note("waiting for " + what);
        new StackOperation(cloud, progress).on(stack).await(stack.stackId(), what);
      }
    }
    return of(instance, stacks);
  }

  /** Of one stack, which has all that there is when nobody said how far it is to be built. */
  public static String of(Phases phases, Lab.StackSpec spec, Stack stack) {
    String parameter = spec.phaseParameter().orElse("");
    return stack.parameters().stream()
        .filter(given -> given.parameterKey().equals(parameter))
        .map(Parameter::parameterValue)
        .findFirst()
        .orElseGet(() -> phases.last().id());
  }

  /** A stack that is being created, or never came to stand, has no phase. */
  private static boolean stood(Stack stack) {
    String status = stack.stackStatusAsString();
    return StackState.of(status) == StackState.STANDING || status.startsWith("UPDATE_");
  }
}
