package io.pipelab.target;

import org.jspecify.annotations.Nullable;

/**
 * Why a command cannot go on, in the words that the user reads: what happened, why, and what to do
 * next.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of failure it is; the command line gives each its exit code. */
  public enum Kind {
    /** Wrong input, or something that pipelab needs is missing. */
    USAGE,
    /** A stack ended in a failed state. */
    STACK_FAILED,
    /** The time that was allowed is over. */
    TIME_IS_UP,
    /** The target does not answer, or answers as no AWS does. */
    UNREACHABLE,
    /** Messages or files could not all be sent. */
    NOT_ALL_SENT,
    /** No credentials, or the target does not accept them. */
    CREDENTIALS,
    /** The service answered and said no. */
    REFUSED,
    /** The target cannot do this at all. */
    UNSUPPORTED
  }

  private final Kind kind;
  private final @Nullable String why;
  private final @Nullable String next;

  /**
   * A failure.
   *
   * @param what what happened, one line without a full stop
   * @param why the reason, when there is more to say than {@code what}
   * @param next what the user can do now
   */
  public Failure(Kind kind, String what, @Nullable String why, @Nullable String next) {
    this(kind, what, why, next, null);
  }

  /** A failure with the exception that led to it, for {@code --debug}. */
  public Failure(
      Kind kind,
      String what,
      @Nullable String why,
      @Nullable String next,
      @Nullable Throwable cause) {
    super(what, cause);
    this.kind = kind;
    this.why = why;
    this.next = next;
  }

  /** Wrong input. */
  public static Failure usage(String what, @Nullable String next) {
    return new Failure(Kind.USAGE, what, null, next);
  }

  public Kind kind() {
    return kind;
  }

  public String what() {
    return String.valueOf(getMessage());
  }

  public @Nullable String why() {
    return why;
  }

  public @Nullable String next() {
    return next;
  }
}
