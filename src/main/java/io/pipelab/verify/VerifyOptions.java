package io.pipelab.verify;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may say about a verification.
 *
 * @param steps the ids of the steps to check; empty for all
 * @param within how long each check is waited for, in real time; null for each type's own limit
 */
public record VerifyOptions(Set<String> steps, @Nullable Duration within) {
  /** All steps, with each check type's own limit. */
  public static final VerifyOptions ALL = new VerifyOptions(Set.of(), null);
}
