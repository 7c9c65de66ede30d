package io.pipelab.workflow.drive;

import io.pipelab.workflow.step.Step;
import java.util.Optional;

/**
 * A step that does to a lab what its later steps are about: messages, files, requests.
 *
 * @param <R> what comes of it
 */
public interface DriveStep<R> extends Step {
  /** What came of it; to be asked after {@link #run}. */
  R result();

  /**
   * Says what it could not do; to be asked after {@link #run}. A step that ends with the first
   * thing it cannot do has nothing to say.
   *
   * @throws io.pipelab.target.Failure of kind NOT_ALL_SENT when something was not sent
   */
  default void requireAll() {}

  /** What the user of a command is asked before it changes AWS, as a verb: {@code set up}. */
  default Optional<String> asksTo() {
    return Optional.empty();
  }
}
