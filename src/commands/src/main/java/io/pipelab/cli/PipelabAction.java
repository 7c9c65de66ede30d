package io.pipelab.cli;

import java.util.Set;

/** What a command does once its arguments are parsed. */
interface PipelabAction {
  /**
   * Does it.
   *
   * @throws io.pipelab.target.Failure when it cannot be done
   */
  ExitCode run(Session session);

  /** The common options that mean nothing for this command: it refuses them. */
  default Set<String> without() {
    return Set.of();
  }
}
