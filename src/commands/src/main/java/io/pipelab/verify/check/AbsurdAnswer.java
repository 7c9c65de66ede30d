package io.pipelab.verify.check;

import org.jspecify.annotations.Nullable;

/**
 * A target answered what no AWS answers: a policy that is not valid JSON, a member that is missing.
 * It fails the check that asked, and no other.
 */
public final class AbsurdAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An answer that makes no sense.
   *
   * @param what what came back, after "the target returned": {@code a policy that is not valid
   *     JSON: oops}
   */
  public AbsurdAnswer(String what, @Nullable Throwable cause) {
    super("the target returned " + what, cause);
  }

  /**
   * What an exception of a check says about the answer that it could not take.
   *
   * <p>A check that stumbles names the place in pipelab too: whether the answer or the check is
   * wrong can only be told there.
   */
  public static String words(RuntimeException e) {
    if (e instanceof AbsurdAnswer) {
      return String.valueOf(e.getMessage());
    }
    String what = e.getClass().getSimpleName();
    boolean tells = e.getMessage() != null && !(e instanceof NullPointerException);
    StackTraceElement place = ownFrame(e);
    return "the target returned an answer that makes no sense (%s%s at %s:%d)"
        .formatted(
            what, tells ? ": " + e.getMessage() : "", place.getFileName(), place.getLineNumber());
  }

  private static StackTraceElement ownFrame(RuntimeException e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().startsWith("io.pipelab.")) {
        return frame;
      }
    }
    return e.getStackTrace()[0];
  }
}
