package io.pipelab.cli;

import io.pipelab.target.Failure;

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

  /** The exit code of a failure. */
  static ExitCode of(Failure.Kind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case STACK_FAILED -> STACK_FAILED;
      case TIME_IS_UP, UNREACHABLE -> NO_ANSWER;
      case NOT_ALL_SENT -> NOT_ALL_SENT;
      case CREDENTIALS -> CREDENTIALS;
      case REFUSED, UNSUPPORTED -> REFUSED;
    };
  }

  public int number() {
    return number;
  }
}
