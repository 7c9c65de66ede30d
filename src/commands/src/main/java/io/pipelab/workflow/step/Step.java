package io.pipelab.workflow.step;

/** One step of a workflow: it does one thing, and says what it does. */
public interface Step {
  /** What the step does, for the user: a verb and its object. */
  String title();

  /**
   * Does it, and returns when it is done.
   *
   * @throws io.pipelab.target.Failure when it cannot be done
   */
  void run(Progress progress);
}
