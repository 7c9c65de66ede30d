package io.pipelab.local.cloudwatch;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** One change of an alarm's state. */
record StateChange(MetricAlarm before, MetricAlarm after) {
  /** Who hears of changes. */
  @FunctionalInterface
  interface Listener {
    void changed(StateChange change);
  }

  /** The ARNs of the actions that the new state asks for; none while actions are disabled. */
  List<String> actions() {
    if (!after.actionsEnabled()) {
      return List.of();
    }
    return switch (after.stateValue()) {
      case OK -> after.okActions();
      case ALARM -> after.alarmActions();
      default -> after.insufficientDataActions();
    };
  }
}
