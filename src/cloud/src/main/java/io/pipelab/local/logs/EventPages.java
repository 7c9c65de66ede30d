package io.pipelab.local.logs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/**
 * GetLogEvents: one stream page by page, forward or backward. A token is a position, so that a page
 * stays where it is while the stream grows; at the stream's end the token that comes back is the
 * one that was sent.
 */
final class EventPages {
  static final int MAX_EVENTS = 10_000;
  static final int MAX_BYTES = 1 << 20;

  private static final String FORWARD = "f/";
  private static final String BACKWARD = "b/";

  private final LogGroups groups;

  EventPages(LogGroups groups) {
    this.groups = groups;
  }

  GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
    String group = GroupNames.of(request.logGroupName(), request.logGroupIdentifier());
    String stream = Refusal.required(request.logStreamName(), "logStreamName");
    Refusal.limit(request.limit(), MAX_EVENTS);
    return groups.with(group, each -> page(each.stream(stream), request));
  }

  private static GetLogEventsResponse page(EventStream stream, GetLogEventsRequest request) {
    String token = request.nextToken();
    boolean forward =
        token == null ? Boolean.TRUE.equals(request.startFromHead()) : token.startsWith(FORWARD);
    Position from = token == null ? null : position(token);
    List<Event> candidates =
        from == null ? stream.all() : forward ? stream.after(from) : stream.before(from);
    List<Event> page = cut(candidates, request, forward);
    Position before = page.isEmpty() ? edge(from, stream.first()) : page.get(0).position();
    Position behind =
        page.isEmpty() ? edge(from, stream.last()) : page.get(page.size() - 1).position();
    return GetLogEventsResponse.builder()
        .events(page.stream().map(EventPages::shown).toList())
        .nextForwardToken(FORWARD + behind)
        .nextBackwardToken(BACKWARD + before)
        .build();
  }

  /** Where a page without events stands. */
  private static Position edge(@Nullable Position from, @Nullable Event event) {
    if (from != null) {
      return from;
    }
    return event == null ? Position.BEFORE_ALL : event.position();
  }

  private static Position position(String token) {
    if (!token.startsWith(FORWARD) && !token.startsWith(BACKWARD)) {
      throw Refusal.badToken();
    }
    return Position.parse(token.substring(2)).orElseThrow(Refusal::badToken);
  }

  private static List<Event> cut(
      List<Event> candidates, GetLogEventsRequest request, boolean forward) {
    List<Event> ordered = new ArrayList<>(candidates);
    if (!forward) {
      Collections.reverse(ordered);
    }
    int limit = Refusal.limit(request.limit(), MAX_EVENTS);
    List<Event> page = new ArrayList<>();
    long bytes = 0;
    for (Event event : ordered) {
      if (within(event, request)) {
        bytes += event.bytes();
        if (page.size() == limit || (bytes > MAX_BYTES && !page.isEmpty())) {
          break;
        }
        page.add(event);
      }
    }
    if (!forward) {
      Collections.reverse(page);
    }
    return page;
  }

  private static boolean within(Event event, GetLogEventsRequest request) {
    return (request.startTime() == null || event.timestamp() >= request.startTime())
        && (request.endTime() == null || event.timestamp() < request.endTime());
  }

  private static OutputLogEvent shown(Event event) {
    return OutputLogEvent.builder()
        .timestamp(event.timestamp())
        .message(event.message())
        .ingestionTime(event.ingested())
        .build();
  }
}
