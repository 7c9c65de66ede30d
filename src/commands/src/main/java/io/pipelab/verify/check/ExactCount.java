package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;

/** Judges a count that grows and must stop at a number. */
public final class ExactCount {
  private ExactCount() {}

  /**
   * Holds at the number, not yet below it, never above it; zero holds only when what could come had
   * the time to come.
   */
  public static Observation judge(
      Claim claim, long expected, long actual, String words, LoadBound bound, CheckScope scope) {
    if (actual > expected) {
      return claim.never(words);
    }
    if (actual < expected) {
      return claim.notYet(words);
    }
    return expected == 0 ? bound.nothing(claim, scope, words) : claim.holds(words);
  }
}
