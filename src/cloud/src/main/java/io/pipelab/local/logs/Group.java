package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One log group and its streams. Not safe for threads; {@link LogGroups} guards it. */
final class Group {
  private final String name;
  private final long created;
  private final String logClass;
  private final SortedMap<String, String> tags = new TreeMap<>();
  private final SortedMap<String, EventStream> streams = new TreeMap<>();
  private final SortedMap<String, MetricFilterRule> metricFilters = new TreeMap<>();
  private final SortedMap<String, Subscription> subscriptions = new TreeMap<>();
  private @Nullable Integer retentionDays;

  Group(String name, long created, String logClass) {
    this.name = name;
    this.created = created;
    this.logClass = logClass;
  }

  String name() {
    return name;
  }

  /** Milliseconds since the epoch. */
  long created() {
    return created;
  }

  String logClass() {
    return logClass;
  }

  SortedMap<String, String> tags() {
    return tags;
  }

  SortedMap<String, EventStream> streams() {
    return streams;
  }

  SortedMap<String, MetricFilterRule> metricFilters() {
    return metricFilters;
  }

  SortedMap<String, Subscription> subscriptions() {
    return subscriptions;
  }

  @Nullable Integer retentionDays() {
    return retentionDays;
  }

  /** Null keeps events for ever. */
  void retentionDays(@Nullable Integer days) {
    retentionDays = days;
  }

  long bytes() {
    return streams.values().stream().mapToLong(EventStream::bytes).sum();
  }

  /**
   * The stream of that name.
   *
   * @throws AwsError ResourceNotFoundException
   */
  EventStream stream(String streamName) {
    EventStream stream = streams.get(streamName);
    if (stream == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    return stream;
  }
}
