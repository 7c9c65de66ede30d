package io.pipelab.cli;

/** How a command ends. */
public enum ExitCode {
  /** Done; nothing to do is done, too. */
  OK(0),
  CHECK_FAILED(1),
  /** Wrong usage, or a missing prerequisite. */
  USAGE(2),
  STACK_FAILED(3),
  /** Time is up, or the target does not answer. */
  NO_ANSWER(4),
  NOT_ALL_SENT(5),
  /** Something is left after {@code down}. */
  LEFTOVERS(6),
  /** A bug of pipelab's. */
  BUG(70),
  CREDENTIALS(253),
  /** The service refused. */
  REFUSED(254);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
