package io.pipelab.local.rds;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The states of an instance (RDS guide, "Viewing Amazon RDS DB instance status"). */
enum State {
  CREATING("creating", true),
  AVAILABLE("available", false),
  MODIFYING("modifying", true),
  RESETTING("resetting-master-credentials", true),
  REBOOTING("rebooting", true),
  STOPPING("stopping", true),
  STOPPED("stopped", false),
  STARTING("starting", true),
  DELETING("deleting", true),
  DELETED("deleted", false),
  FAILED("failed", false);

  private final String text;
  private final boolean passing;

  State(String text, boolean passing) {
    this.text = text;
    this.passing = passing;
  }

  static State of(String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state: " + text));
  }

  String text() {
    return text;
  }

  /** Whether another follows by itself. */
  boolean passing() {
    return passing;
  }

  /** What somebody may do to an instance, and in which states. */
  enum Step {
    MODIFY(EnumSet.of(AVAILABLE, STOPPED), MODIFYING, "is not in available state."),
    REBOOT(EnumSet.of(AVAILABLE), REBOOTING, "is not in available state."),
    STOP(EnumSet.of(AVAILABLE), STOPPING, "is not in available state."),
    START(EnumSet.of(STOPPED), STARTING, "is not in stopped state."),
    DELETE(
        EnumSet.complementOf(EnumSet.of(DELETING, DELETED)), DELETING, "is already being deleted.");

    private final Set<State> from;
    private final State during;
    private final String otherwise;

    Step(Set<State> from, State during, String otherwise) {
      this.from = from;
      this.during = during;
      this.otherwise = otherwise;
    }

    /**
     * The state while it is done.
     *
     * @throws io.pipelab.local.kernel.AwsError InvalidDBInstanceState when it cannot be done now
     */
    State from(String id, State now) {
      if (!from.contains(now)) {
        throw RdsErrors.state("Instance " + id + " " + otherwise);
      }
      return during;
    }
  }
}
