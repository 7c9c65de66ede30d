package io.pipelab.local.logs;

import io.pipelab.local.kernel.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** PutLogEvents, and the lines that services write. */
final class EventInput {
  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_BYTES = 1_048_576;
  private static final Duration MAX_SPAN = Duration.ofHours(24);
  private static final Duration OLDEST = Duration.ofDays(14);
  private static final Duration NEWEST = Duration.ofHours(2);

  private final CloudClock clock;
  private final LogGroups groups;

  EventInput(CloudClock clock, LogGroups groups) {
    this.clock = clock;
    this.groups = groups;
  }

  /** Appends lines at the cloud's time; empty ones are not events, as on AWS. */
  void append(String groupName, String streamName, List<String> lines) {
    groups.with(
        groupName,
        group -> {
          long now = clock.now().toEpochMilli();
          EventStream stream =
              group
                  .streams()
                  .computeIfAbsent(
                      streamName, name -> new EventStream(GroupNames.newStream(name), now));
          for (String line : lines) {
            if (!line.isEmpty()) {
              groups.append(group, stream, now, line);
            }
          }
          return group;
        });
  }

  PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
    List<InputLogEvent> events = request.logEvents();
    validate(events);
    return groups.with(
        Refusal.required(request.logGroupName(), "logGroupName"),
        group -> {
          EventStream stream =
              group.stream(Refusal.required(request.logStreamName(), "logStreamName"));
          return put(group, stream, events);
        });
  }

  private static void validate(List<InputLogEvent> events) {
    if (events.isEmpty()) {
      throw Refusal.constraint(
          events, "logEvents", "Member must have length greater than or equal to 1");
    }
    if (events.size() > MAX_EVENTS) {
      throw Refusal.constraint(
          "(" + events.size() + " events)",
          "logEvents",
          "Member must have length less than or equal to " + MAX_EVENTS);
    }
    long bytes = 0;
    long previous = Long.MIN_VALUE;
    for (InputLogEvent event : events) {
      long timestamp = Refusal.required(event.timestamp(), "logEvents.timestamp");
      String message = Refusal.required(event.message(), "logEvents.message");
      if (message.isEmpty()) {
        throw Refusal.constraint(
            "", "logEvents.message", "Member must have length greater than or equal to 1");
      }
      if (timestamp < previous) {
        throw Refusal.parameter(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      previous = timestamp;
      bytes += Event.size(message);
    }
    if (bytes > MAX_BYTES) {
      throw Refusal.parameter(
          "Upload too large: " + bytes + " bytes exceeds limit of " + MAX_BYTES);
    }
    if (previous - events.get(0).timestamp() > MAX_SPAN.toMillis()) {
      throw Refusal.parameter(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
  }

  /** Events come in order, so those that are refused for their age are at the ends of the batch. */
  private PutLogEventsResponse put(Group group, EventStream stream, List<InputLogEvent> events) {
    Instant now = clock.now();
    Integer days = group.retentionDays();
    int tooOld = firstNotBefore(events, now.minus(OLDEST));
    int expired = days == null ? 0 : firstNotBefore(events, now.minus(Duration.ofDays(days)));
    int tooNew = firstNotBefore(events, now.plus(NEWEST).plusMillis(1));
    events
        .subList(Math.min(tooNew, Math.max(tooOld, expired)), tooNew)
        .forEach(event -> groups.append(group, stream, event.timestamp(), event.message()));
    Event last = stream.last();
    PutLogEventsResponse.Builder response =
        PutLogEventsResponse.builder()
            .nextSequenceToken((last == null ? Position.BEFORE_ALL : last.position()).toString());
    if (tooOld > 0 || expired > 0 || tooNew < events.size()) {
      response.rejectedLogEventsInfo(
          RejectedLogEventsInfo.builder()
              .tooOldLogEventEndIndex(tooOld > 0 ? tooOld : null)
              .expiredLogEventEndIndex(expired > 0 ? expired : null)
              .tooNewLogEventStartIndex(tooNew < events.size() ? tooNew : null)
              .build());
    }
    return response.build();
  }

  private static int firstNotBefore(List<InputLogEvent> events, Instant moment) {
    int at = 0;
    while (at < events.size() && events.get(at).timestamp() < moment.toEpochMilli()) {
      at++;
    }
    return at;
  }
}
