package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.ServiceEvents;
import java.util.List;

/**
 * Tells EventBridge of each change of an alarm's state, whether its actions are enabled or not
 * (CloudWatch User Guide, "Alarm events and EventBridge").
 */
final class AlarmEvents implements StateChange.Listener {
  private volatile ServiceEvents events = ServiceEvents.NONE;

  void connect(ServiceEvents port) {
    this.events = port;
  }

  @Override
  public void changed(StateChange change) {
    events.happened(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        List.of(change.after().alarmArn()),
        () -> AlarmJson.data(change));
  }
}
