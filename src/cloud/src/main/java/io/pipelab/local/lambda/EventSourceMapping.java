package io.pipelab.local.lambda;

import io.pipelab.local.lambda.polling.PollerSettings;
import io.pipelab.local.lambda.polling.QueuePoller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/**
 * One event source mapping: what it is set to, and the poller that follows. It is in a state
 * between two (Creating, Updating, Enabling, Disabling) until the poller has taken the change.
 */
final class EventSourceMapping implements Tagged {
  private static final int INITIAL_CONCURRENCY = 5;

  private final String uuid;
  private final QueuePoller poller;
  private final Map<String, String> tags;
  private EventSourceMappingConfiguration configuration;
  private boolean enabled;
  private String change = "Creating";
  private boolean deleting;

  /**
   * Starts a mapping.
   *
   * @param configuration with its UUID and without a state
   * @param start starts the poller for the mapping
   */
  EventSourceMapping(
      EventSourceMappingConfiguration configuration,
      boolean enabled,
      Map<String, String> tags,
      BiFunction<EventSourceMapping, PollerSettings, QueuePoller> start) {
    this.uuid = configuration.uuid();
    this.configuration = configuration;
    this.enabled = enabled;
    this.tags = new TreeMap<>(tags);
    this.poller = start.apply(this, settings(configuration, enabled));
  }

  String uuid() {
    return uuid;
  }

  String queueArn() {
    return settings().eventSourceArn();
  }

  /** The ARN of the function, with a qualifier when it was mapped by one. */
  String functionArn() {
    return settings().functionArn();
  }

  /** The configuration without its state. */
  synchronized EventSourceMappingConfiguration settings() {
    return configuration;
  }

  synchronized boolean enabled() {
    return enabled;
  }

  /** The configuration as it is described. */
  synchronized EventSourceMappingConfiguration described() {
    return configuration.toBuilder().state(state()).build();
  }

  private String state() {
    if (deleting) {
      return "Deleting";
    }
    if (!poller.settled()) {
      return change;
    }
    return enabled ? "Enabled" : "Disabled";
  }

  /** Takes a changed configuration, and answers as AWS does: with the state in between. */
  synchronized EventSourceMappingConfiguration change(
      EventSourceMappingConfiguration next, boolean enable) {
    change = enable == enabled ? "Updating" : enable ? "Enabling" : "Disabling";
    configuration = next;
    enabled = enable;
    poller.apply(settings(next, enable));
    return next.toBuilder().state(change).build();
  }

  /** Ends it; what was received is finished. */
  synchronized EventSourceMappingConfiguration delete() {
    deleting = true;
    poller.close();
    return described();
  }

  /** Its function may be gone. */
  void lookAgain() {
    poller.lookAgain();
  }

  /** Whether it was deleted and receives no more. */
  synchronized boolean gone() {
    return deleting && poller.ended();
  }

  /** Waits until it is Enabled or Disabled. */
  void awaitStable() throws InterruptedException {
    poller.awaitSettled();
  }

  /** Waits until it is gone, after {@link #delete()}. */
  void awaitGone() throws InterruptedException {
    poller.awaitEnd();
  }

  @Override
  public synchronized Map<String, String> tags() {
    return new TreeMap<>(tags);
  }

  @Override
  public synchronized void tag(Map<String, String> more) {
    tags.putAll(more);
  }

  @Override
  public synchronized void untag(List<String> keys) {
    keys.forEach(tags::remove);
  }

  private static PollerSettings settings(
      EventSourceMappingConfiguration configuration, boolean enabled) {
    Integer most =
        configuration.scalingConfig() == null
            ? null
            : configuration.scalingConfig().maximumConcurrency();
    return new PollerSettings(
        enabled,
        configuration.batchSize(),
        Duration.ofSeconds(configuration.maximumBatchingWindowInSeconds()),
        most == null ? INITIAL_CONCURRENCY : most,
        configuration
            .functionResponseTypes()
            .contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
  }
}
