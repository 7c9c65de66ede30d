package io.pipelab.verify;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may say about a verification.
 *
 * @param steps the ids of the steps to check; empty for all
 * @param within how long each check is waited for, in real time; null for each type's own limit
 * @param atMost how long the whole verification may wait, in real time; after it, what is left is
 *     looked at once. Null for no end
 * @param before what came of steps of earlier phases, which are not looked at again
 * @param details whether to show what was expected and seen of a step that passed, too
 * @param handMade what is known of a lab whose parts were found by name; null of a lab of stacks
 */
public record VerifyOptions(
    Set<String> steps,
    @Nullable Duration within,
    @Nullable Duration atMost,
    List<StepResult> before,
    boolean details,
    @Nullable HandMade handMade) {
  /** All steps, with each check type's own limit. */
  public static final VerifyOptions ALL = new VerifyOptions(Set.of(), null);

  /** Without an end for the whole. */
  public VerifyOptions(Set<String> steps, @Nullable Duration within) {
    this(steps, within, null, List.of(), false, null);
  }

  /** The same, with what was expected and seen of every step. */
  public VerifyOptions withDetails(boolean all) {
    return new VerifyOptions(steps, within, atMost, before, all, handMade);
  }

  /** The same within a time for the whole. */
  public VerifyOptions until(Duration end) {
    return new VerifyOptions(steps, within, end, before, details, handMade);
  }

  /** The same for some steps alone, when it is known what came of others. */
  public VerifyOptions after(List<StepResult> known, Set<String> ids) {
    return new VerifyOptions(ids, within, atMost, List.copyOf(known), details, handMade);
  }

  /** The same for a lab whose parts were found by name. */
  public VerifyOptions of(HandMade lab) {
    return new VerifyOptions(steps, within, atMost, before, details, lab);
  }
}
