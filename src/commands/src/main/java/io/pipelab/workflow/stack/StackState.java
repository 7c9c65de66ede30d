package io.pipelab.workflow.stack;

import java.util.Set;

/** What CloudFormation's stack statuses mean for what can be done next. */
public enum StackState {
  /** There is no stack: create it. */
  MISSING,
  /** It changes: wait for its end. */
  MOVING,
  /** It can be updated. */
  STANDING,
  /** Its update could not be rolled back: continue the rollback first. */
  STUCK,
  /** It never stood, or could not be deleted: delete it first. */
  DEAD;

  private static final Set<String> DEAD_STATUSES =
      Set.of(
          "CREATE_FAILED",
          "ROLLBACK_COMPLETE",
          "ROLLBACK_FAILED",
          "DELETE_FAILED",
          "REVIEW_IN_PROGRESS",
          "IMPORT_ROLLBACK_FAILED");

  public static StackState of(String status) {
    if (DEAD_STATUSES.contains(status)) {
      return DEAD;
    }
    if (status.equals("DELETE_COMPLETE")) {
      return MISSING;
    }
    if (status.equals("UPDATE_ROLLBACK_FAILED")) {
      return STUCK;
    }
    return status.endsWith("_IN_PROGRESS") ? MOVING : STANDING;
  }

  /** Whether a create or an update that ends so has done what was asked. */
  public static boolean isSuccess(String status) {
    return status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE");
  }
}
