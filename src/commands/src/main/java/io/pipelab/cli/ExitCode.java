package io.pipelab.cli;

import io.pipelab.target.Failure;

/**
 * How a command ends.
 *
 * @param number pipelab's own, or that of a program which the command ran for the user
 */
public record ExitCode(int number) {
  /** Done; nothing to do is done, too. */
  static final ExitCode OK = new ExitCode(0);

  static final ExitCode CHECK_FAILED = new ExitCode(1);

  /** Wrong usage, or a missing prerequisite. */
  static final ExitCode USAGE = new ExitCode(2);

  static final ExitCode STACK_FAILED = new ExitCode(3);

  /** Timed out, or the target does not answer. */
  static final ExitCode NO_ANSWER = new ExitCode(4);

  static final ExitCode NOT_ALL_SENT = new ExitCode(5);

  /** Something is left after {@code down}. */
  static final ExitCode LEFTOVERS = new ExitCode(6);

  /** A bug of pipelab's. */
  static final ExitCode BUG = new ExitCode(70);

  static final ExitCode CREDENTIALS = new ExitCode(253);

  /** The service refused. */
  static final ExitCode REFUSED = new ExitCode(254);

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
}
