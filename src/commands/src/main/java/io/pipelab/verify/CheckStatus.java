package io.pipelab.verify;

/** How a check or a step ended. Skipped never counts as passed. */
public enum CheckStatus {
  PASSED,
  FAILED,
  /** Not looked at: it does not apply, or what it needs did not happen. */
  SKIPPED,
  /** The target cannot do it. */
  UNSUPPORTED,
  /** Did not hold, and need not in a lab that was made by hand: this lab's own, better way. */
  ADVICE,
  /** The learner has not done it yet: neither passed nor failed. */
  TO_DO,
  /** Belongs to a phase of the lab that does not stand yet: neither passed nor failed. */
  NOT_BUILT,
  /** Did not hold within its time, though it still may: it counts as failed. */
  LATE,
  /** Waits for an earlier step that is broken. */
  PENDING;

  /** Whether it did not hold, for whatever reason, though the learner has done his part. */
  public boolean isBroken() {
    return this == FAILED || this == LATE || this == PENDING;
  }
}
