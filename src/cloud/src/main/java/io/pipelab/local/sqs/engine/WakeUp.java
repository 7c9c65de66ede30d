package io.pipelab.local.sqs.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one time at which a queue has to look at itself again; only touched under its lock. */
final class WakeUp {
  private final Scheduler scheduler;
  private final Runnable look;
  private long at = Long.MAX_VALUE;
  private Scheduler.@Nullable Cancellable pending;

  WakeUp(Scheduler scheduler, Runnable look) {
    this.scheduler = scheduler;
    this.look = look;
  }

  /**
   * Sets the time.
   *
   * @param time in epoch milliseconds; {@link Long#MAX_VALUE} for never
   */
  void at(long time, long now) {
    if (time == at && time > now) {
      return;
    }
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
    at = time;
    if (time != Long.MAX_VALUE) {
      pending = scheduler.after(Duration.ofMillis(Math.max(1, time - now)), look);
    }
  }

  /** Notes that the time has come; without it a timer that was early would be the last. */
  void fired() {
    at = Long.MAX_VALUE;
    pending = null;
  }
}
