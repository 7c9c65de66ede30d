package io.pipelab.verify.check;

import io.pipelab.lab.ShellCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a claim came to.
 *
 * @param expected the claim, in words
 * @param actual what was seen, in words; how long it took does not belong here, because a change of
 *     the words is taken for progress
 * @param fix what makes the claim hold, when the look tells; else the manifest's command does
 */
public record Observation(State state, String expected, String actual, @Nullable ShellCommand fix) {
  public Observation(State state, String expected, String actual) {
    this(state, expected, actual, null);
  }

  /** The same, with what makes the claim hold. */
  public Observation fixedBy(ShellCommand command) {
    return new Observation(state, expected, actual, command);
  }

  /** The same, with the one call that makes the claim hold. */
  public Observation fixedBy(String... call) {
    return fixedBy(ShellCommand.of(call));
  }

  /** What the look means for the claim. */
  public enum State {
    /** The claim holds. */
    HOLDS,
    /** Not yet; it may still come, even when the time is over. */
    NOT_YET,
    /** It does not hold; a moment later it may, but when the time is over it has failed. */
    LACKS,
    /** It works, but not as it should: more is allowed than is needed, or a guard is missing. */
    WORKS,
    /** It can never hold any more. */
    NEVER,
    /** The learner has not done yet what is looked at; waiting does not help. */
    TO_DO,
    /** There is nothing to look at. */
    SKIPPED,
    /** The target cannot do it. */
    UNSUPPORTED
  }

  /** The claim, before anything was seen. */
  public record Claim(String expected) {
    public Observation holds(String actual) {
      return new Observation(State.HOLDS, expected, actual);
    }

    public Observation notYet(String actual) {
      return new Observation(State.NOT_YET, expected, actual);
    }

    public Observation lacks(String actual) {
      return new Observation(State.LACKS, expected, actual);
    }

    public Observation never(String actual) {
      return new Observation(State.NEVER, expected, actual);
    }

    /** It works, but not as it should; see {@link State#WORKS}. */
    public Observation works(String actual) {
      return new Observation(State.WORKS, expected, actual);
    }

    public Observation toDo(String what) {
      return new Observation(State.TO_DO, expected, what);
    }

    public Observation skipped(String why) {
      return new Observation(State.SKIPPED, expected, why);
    }

    public Observation unsupported(String why) {
      return new Observation(State.UNSUPPORTED, expected, why);
    }

    /** Holds when nothing is wrong; otherwise never, with what is wrong. */
    public Observation unless(List<String> wrong, String actual) {
      return wrong.isEmpty() ? holds(actual) : never(String.join("; ", wrong));
    }
  }

  /** Begins with the claim. */
  public static Claim expect(String expected) {
    return new Claim(expected);
  }
}
