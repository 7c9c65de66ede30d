package io.pipelab.verify;

import org.jspecify.annotations.Nullable;

/**
 * What one check saw.
 *
 * @param expected the claim, in words: {@code "500 items"}
 * @param actual what was seen, in words: {@code "498 items"}
 * @param seconds how long it was waited for
 * @param hint what to do next, in words, when it did not pass
 * @param command what fixes it, as a line for the user's shell, when there is such a thing
 */
public record CheckResult(
    String id,
    CheckStatus status,
    String expected,
    String actual,
    double seconds,
    @Nullable String hint,
    @Nullable String command) {
  /** The same with another status. */
  CheckResult as(CheckStatus other) {
    return new CheckResult(id, other, expected, actual, seconds, hint, command);
  }
}
