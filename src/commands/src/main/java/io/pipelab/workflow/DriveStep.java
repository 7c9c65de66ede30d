package io.pipelab.workflow;

/** A step that does to a lab what its later steps are about: messages, files, requests. */
public interface DriveStep extends Step {
  /**
   * Says what it could not do; to be asked after {@link #run}.
   *
   * @throws io.pipelab.target.Failure of kind NOT_ALL_SENT when something was not sent
   */
  void requireAll();
}
