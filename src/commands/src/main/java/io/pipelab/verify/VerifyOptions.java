package io.pipelab.verify;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may say about a verification.
 *
 * @param steps the ids of the steps to check; empty for all
 * @param within how long each check is waited for, in real time; null for each type's own limit
 * @param atMost how long the whole verification may wait, in real time; after it, what is left is
 *     looked at once. Null for no end
 * @param details whether to show what was expected and seen of a step that passed, too
 */
public record VerifyOptions(
    Set<String> steps, @Nullable Duration within, @Nullable Duration atMost, boolean details) {
  /** All steps, with each check type's own limit. */
  public static final VerifyOptions ALL = new VerifyOptions(Set.of(), null);

  /** Without an end for the whole. */
  public VerifyOptions(Set<String> steps, @Nullable Duration within) {
    this(steps, within, null, false);
  }

  /** The same, with what was expected and seen of every step. */
  public VerifyOptions withDetails(boolean all) {
    return new VerifyOptions(steps, within, atMost, all);
  }

  /** The same within a time for the whole. */
  public VerifyOptions until(Duration end) {
    return new VerifyOptions(steps, within, end, details);
  }
}
