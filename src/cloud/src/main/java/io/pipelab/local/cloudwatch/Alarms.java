package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The alarms with their states and tags; the one place where a state changes. */
final class Alarms {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudClock clock;
  private final AlarmHistory history;
  private final StateChange.Listener listener;
  private final SortedMap<String, MetricAlarm> byName = new TreeMap<>();
  private final Map<String, SortedMap<String, String>> tagsByArn = new ConcurrentHashMap<>();

  /**
   * @param listener hears of every change of a state, after it is stored
   */
  Alarms(CloudClock clock, AlarmHistory history, StateChange.Listener listener) {
    this.clock = clock;
    this.history = history;
    this.listener = listener;
  }

  /** All alarms, by name. */
  synchronized List<MetricAlarm> all() {
    return List.copyOf(byName.values());
  }

  synchronized Optional<MetricAlarm> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Creates an alarm in INSUFFICIENT_DATA, or gives an existing one a new configuration and leaves
   * its state.
   *
   * @param configuration everything but the state
   * @return whether it is a new one
   */
  synchronized boolean put(MetricAlarm configuration) {
    Instant now = clock.now();
    MetricAlarm before = byName.get(configuration.alarmName());
    MetricAlarm.Builder builder = configuration.toBuilder().alarmConfigurationUpdatedTimestamp(now);
    if (before == null) {
      builder
          .stateValue(StateValue.INSUFFICIENT_DATA)
          .stateReason(AlarmReason.INITIAL)
          .stateUpdatedTimestamp(now)
          .stateTransitionedTimestamp(now);
    } else {
      builder
          .stateValue(before.stateValue())
          .stateReason(before.stateReason())
          .stateReasonData(before.stateReasonData())
          .stateUpdatedTimestamp(before.stateUpdatedTimestamp())
          .stateTransitionedTimestamp(before.stateTransitionedTimestamp());
    }
    MetricAlarm alarm = builder.build();
    byName.put(alarm.alarmName(), alarm);
    recordConfiguration(alarm, before == null ? "Create" : "Update", now);
    return before == null;
  }

  synchronized void delete(String name) {
    MetricAlarm alarm = byName.remove(name);
    if (alarm != null) {
      tagsByArn.remove(alarm.alarmArn());
      recordConfiguration(alarm, "Delete", clock.now());
    }
  }

  synchronized void enableActions(String name, boolean enabled) {
    MetricAlarm alarm = byName.get(name);
    if (alarm != null && alarm.actionsEnabled() != enabled) {
      MetricAlarm changed = alarm.toBuilder().actionsEnabled(enabled).build();
      byName.put(name, changed);
      recordConfiguration(changed, "Update", clock.now());
    }
  }

  /**
   * Sets an alarm's state. When it is another one, the change goes into the history and to the
   * listener; the same one again only gets the new reason.
   *
   * @param expected the alarm as it was evaluated, or null: when it has changed since, nothing
   *     happens and the next evaluation decides
   */
  void setState(
      String name,
      @Nullable MetricAlarm expected,
      StateValue state,
      String reason,
      @Nullable String reasonData) {
    StateChange change;
    synchronized (this) {
      MetricAlarm before = byName.get(name);
      if (before == null || (expected != null && before != expected)) {
        return;
      }
      Instant now = clock.now();
      boolean changed = before.stateValue() != state;
      MetricAlarm after =
          before.toBuilder()
              .stateValue(state)
              .stateReason(reason)
              .stateReasonData(reasonData)
              .stateUpdatedTimestamp(now)
              .stateTransitionedTimestamp(changed ? now : before.stateTransitionedTimestamp())
              .build();
      byName.put(name, after);
      if (!changed) {
        return;
      }
      change = new StateChange(before, after);
      recordStateChange(change, now);
    }
    listener.changed(change);
  }

  /** The tags of an alarm, which may be changed in place. */
  SortedMap<String, String> tags(String alarmArn) {
    synchronized (this) {
      if (byName.values().stream().noneMatch(alarm -> alarm.alarmArn().equals(alarmArn))) {
        throw AwsError.notFound("ResourceNotFoundException", "Unknown");
      }
    }
    return tagsByArn.computeIfAbsent(
        alarmArn, arn -> java.util.Collections.synchronizedSortedMap(new TreeMap<>()));
  }

  private void recordConfiguration(MetricAlarm alarm, String type, Instant now) {
    String done =
        switch (type) {
          case "Create" -> "created";
          case "Update" -> "updated";
          default -> "deleted";
        };
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("version", "1.0").put("type", type);
    data.set(done + "Alarm", AlarmJson.configuration(alarm));
    history.add(
        alarm.alarmName(),
        HistoryItemType.CONFIGURATION_UPDATE,
        "Alarm \"" + alarm.alarmName() + "\" " + done,
        data,
        now);
  }

  private void recordStateChange(StateChange change, Instant now) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("version", "1.0");
    data.set("oldState", state(change.before()));
    data.set("newState", state(change.after()));
    history.add(
        change.after().alarmName(),
        HistoryItemType.STATE_UPDATE,
        "Alarm updated from " + change.before().stateValue() + " to " + change.after().stateValue(),
        data,
        now);
  }

  private static ObjectNode state(MetricAlarm alarm) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("stateValue", alarm.stateValueAsString()).put("stateReason", alarm.stateReason());
    if (alarm.stateReasonData() != null) {
      try {
        state.set("stateReasonData", JSON.readTree(alarm.stateReasonData()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("SetAlarmState let in data that is not JSON", e);
      }
    }
    return state;
  }
}
