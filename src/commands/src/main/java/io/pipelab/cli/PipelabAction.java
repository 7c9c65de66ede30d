package io.pipelab.cli;

/** What a command does once its arguments are parsed. */
interface PipelabAction {
  /**
   * Does it.
   *
   * @throws io.pipelab.target.Failure when it cannot be done
   */
  ExitCode run(Session session);
}
