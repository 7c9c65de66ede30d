package io.pipelab.workflow.step;

import io.pipelab.verify.StepResult;
import org.jspecify.annotations.Nullable;

/** Takes what happens while a workflow runs; called from several threads. */
public interface Progress {
  /** Something happened. */
  void on(Event event);

  /** Says a line that belongs to no step. */
  default void note(String text) {
    on(new Noted(text));
  }

  /** Says what the world looks like if the user stops pipelab now, and what to do then. */
  default void underway(String state, @Nullable String next) {
    on(new Underway(state, next));
  }

  /** What can happen. */
  sealed interface Event {}

  /** A step begins. */
  record StepStarted(String title) implements Event {}

  /** A step is done. */
  record StepDone(String title, double seconds) implements Event {}

  /** A step failed; why comes as an error. */
  record StepFailed(String title, double seconds) implements Event {}

  /**
   * A stack's resource, or the stack itself, changed its state.
   *
   * @param resource its logical id
   * @param type its CloudFormation type
   * @param status CloudFormation's resource status
   */
  record ResourceChanged(
      String stack, String resource, String type, String status, @Nullable String reason)
      implements Event {}

  /** Part of a countable job is done. */
  record Counted(String what, long done, long total) implements Event {}

  /** A step of the lab is being looked at; what was seen so far. */
  record Looking(String step, String text) implements Event {}

  /** A step of the lab is waited for: what for, how long at most, and what was seen so far. */
  record Waiting(String step, String text) implements Event {}

  /**
   * A step of the lab was checked.
   *
   * @param details whether to show what was expected and seen of a step that passed, too
   */
  record Checked(StepResult result, boolean details) implements Event {
    public Checked(StepResult result) {
      this(result, false);
    }
  }

  /** Something worth a line. */
  record Noted(String text) implements Event {}

  /** A part of a lab was found by its name, and is taken for what the lab needs of that kind. */
  record Took(String kind, String name) implements Event {
    /** {@code queue: demo-decoupling-saa}. */
    public String words() {
      return kind + ": " + name;
    }
  }

  /** What is under way: what stays as it is when the user stops pipelab now. */
  record Underway(String state, @Nullable String next) implements Event {}
}
