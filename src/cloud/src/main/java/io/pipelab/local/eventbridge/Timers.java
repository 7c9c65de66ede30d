package io.pipelab.local.eventbridge;

import io.pipelab.local.eventbridge.schedule.Schedule;
import io.pipelab.local.kernel.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs scheduled rules at their times, on the cloud's clock. */
final class Timers {
  private final CloudClock clock;
  private final Consumer<Rule> due;
  private final Map<Rule, Future<?>> pending = new HashMap<>();

  Timers(CloudClock clock, Consumer<Rule> due) {
    this.clock = clock;
    this.due = due;
  }

  /** Takes up what was set or changed of a rule. */
  synchronized void set(Rule rule) {
    cancel(rule);
    Rule.Settings settings = rule.settings();
    if (settings.schedule() != null && settings.enabled()) {
      next(rule, settings, clock.now());
    }
  }

  synchronized void cancel(Rule rule) {
    Future<?> before = pending.remove(rule);
    if (before != null) {
      before.cancel(false);
    }
  }

  private void next(Rule rule, Rule.Settings settings, Instant after) {
    Schedule schedule = settings.schedule();
    if (schedule != null) {
      schedule
          .next(after, settings.since())
          .ifPresent(
              time ->
                  pending.put(
                      rule,
                      clock.after(
                          Duration.between(clock.now(), time), () -> run(rule, settings, time))));
    }
  }

  private void run(Rule rule, Rule.Settings settings, Instant time) {
    synchronized (this) {
      if (rule.settings() != settings || !pending.containsKey(rule)) {
        return; // it was changed meanwhile
      }
      next(rule, settings, time);
    }
    due.accept(rule);
  }
}
