package io.pipelab.verify;

/** How a check or a step ended. Skipped never counts as passed. */
public enum CheckStatus {
  PASSED,
  FAILED,
  /** Not looked at: it does not apply, or what it needs did not happen. */
  SKIPPED,
  /** The target cannot do it. */
  UNSUPPORTED,
  /** Did not hold within its time, but may still. */
  PENDING
}
