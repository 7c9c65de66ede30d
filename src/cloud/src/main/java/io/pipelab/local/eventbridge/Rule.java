package io.pipelab.local.eventbridge;

import io.pipelab.local.eventbridge.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** A rule of a bus: what it waits for, and whom it tells. */
final class Rule {
  /**
   * What PutRule sets.
   *
   * @param pattern JSON, or null for a rule that has a schedule alone
   * @param expression the schedule as it was written
   * @param schedule what the expression says
   * @param since when the rule got its schedule
   */
  record Settings(
      @Nullable String pattern,
      @Nullable String expression,
      @Nullable Schedule schedule,
      boolean enabled,
      @Nullable String description,
      @Nullable String roleArn,
      Instant since) {
    Settings enabled(boolean now) {
      return new Settings(pattern, expression, schedule, now, description, roleArn, since);
    }
  }

  final String name;
  final String arn;
  final String bus;
  final Map<String, String> tags = new ConcurrentSkipListMap<>();

  private volatile Settings settings;
  private volatile Map<String, Target> targets = Map.of();

  Rule(String name, String arn, String bus, Settings settings) {
    this.name = name;
    this.arn = arn;
    this.bus = bus;
    this.settings = settings;
  }

  Settings settings() {
    return settings;
  }

  void change(Settings now) {
    settings = now;
  }

  /** By their ids. */
  Map<String, Target> targets() {
    return targets;
  }

  synchronized void put(List<Target> more, int most) {
    Map<String, Target> all = new TreeMap<>(targets);
    more.forEach(target -> all.put(target.id(), target));
    if (all.size() > most) {
      throw Refusals.overLimit();
    }
    targets = Map.copyOf(all);
  }

  synchronized void remove(List<String> ids) {
    Map<String, Target> rest = new TreeMap<>(targets);
    rest.keySet().removeAll(ids);
    targets = Map.copyOf(rest);
  }
}
