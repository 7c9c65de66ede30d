package io.pipelab.workflow.step;

import io.pipelab.lab.Lab;

/**
 * One copy of a lab on a target.
 *
 * @param instance the copy's name; empty for the first
 */
public record LabInstance(Lab lab, String instance) {

  /** The name of one of its stacks: {@code pipelab-[INSTANCE-]LAB-ID}. */
  public String stackName(Lab.StackSpec stack) {
    return "pipelab-" + prefix() + lab.id() + "-" + stack.id();
  }

  /** What every name of it begins with: nothing, or {@code INSTANCE-}. */
  public String prefix() {
    return instance.isEmpty() ? "" : instance + "-";
  }

  /** How the user names it: {@code decoupling}, or {@code decoupling --instance two}. */
  public String asArguments() {
    return copy().asArguments();
  }

  /** Its names alone. */
  public LabCopy copy() {
    return new LabCopy(lab.id(), instance);
  }
}
