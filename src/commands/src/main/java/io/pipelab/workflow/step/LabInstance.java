package io.pipelab.workflow.step;

import io.pipelab.lab.Lab;

/**
 * One copy of a lab on a target.
 *
 * @param instance the copy's name; empty for the first
 * @param byName whether its parts are found by their names, because somebody made them by hand
 */
public record LabInstance(Lab lab, String instance, boolean byName) {
  /** A copy that is made of stacks. */
  public LabInstance(Lab lab, String instance) {
    this(lab, instance, false);
  }

  /** The same copy, its parts found by their names or by its stacks. */
  public LabInstance byName(boolean found) {
    return new LabInstance(lab, instance, found);
  }

  /** The name of one of its stacks: {@code pipelab-[INSTANCE-]LAB-ID}. */
  public String stackName(Lab.StackSpec stack) {
    return "pipelab-" + prefix() + lab.id() + "-" + stack.id();
  }

  /** What every name of it begins with: nothing, or {@code INSTANCE-}. */
  public String prefix() {
    return instance.isEmpty() ? "" : instance + "-";
  }

  /** How the user names it: {@code decoupling}, or {@code decoupling --instance two --by-name}. */
  public String asArguments() {
    return copy().asArguments() + (byName ? " --by-name" : "");
  }

  /** What removes it, for users who stop in between. */
  public String removal() {
    return byName
        ? "what was made by hand is yours to delete"
        : "'pipelab down " + asArguments() + "' removes the lab";
  }

  /** Its names alone. */
  public LabCopy copy() {
    return new LabCopy(lab.id(), instance);
  }
}
