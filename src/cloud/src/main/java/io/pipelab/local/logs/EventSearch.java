package io.pipelab.local.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** FilterLogEvents: the events of many streams in the order of time, those that match a pattern. */
final class EventSearch {
  private static final int MAX_STREAMS = 100;

  private final LogGroups groups;

  EventSearch(LogGroups groups) {
    this.groups = groups;
  }

  /** An event and the stream it is in. */
  private record Found(String stream, Event event) {}

  FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
    String name = GroupNames.of(request.logGroupName(), request.logGroupIdentifier());
    int limit = Refusal.limit(request.limit(), EventPages.MAX_EVENTS);
    LogPattern pattern = FilterPattern.parse(request.filterPattern());
    Position from =
        request.nextToken() == null
            ? Position.BEFORE_ALL
            : Position.parse(request.nextToken()).orElseThrow(Refusal::badToken);
    List<Found> found = new ArrayList<>();
    groups.with(
        name,
        group -> {
          for (EventStream stream : streams(group, request)) {
            stream.after(from).stream()
                .filter(event -> within(event, request) && pattern.test(event.message()))
                .forEach(event -> found.add(new Found(stream.name(), event)));
          }
          return group;
        });
    found.sort(Comparator.comparing(each -> each.event().position()));
    int count = pageSize(found, limit);
    return FilterLogEventsResponse.builder()
        .events(found.subList(0, count).stream().map(EventSearch::shown).toList())
        // AWS stopped to fill it in 2019; tools expect the member.
        .searchedLogStreams(List.of())
        .nextToken(count < found.size() ? found.get(count - 1).event().position().toString() : null)
        .build();
  }

  private static List<EventStream> streams(Group group, FilterLogEventsRequest request) {
    List<String> names = request.logStreamNames();
    String prefix = request.logStreamNamePrefix();
    if (!names.isEmpty() && prefix != null) {
      throw Refusal.parameter("Cannot specify both logStreamNames and logStreamNamePrefix.");
    }
    if (names.size() > MAX_STREAMS) {
      throw Refusal.constraint(
          names, "logStreamNames", "Member must have length less than or equal to 100");
    }
    if (!names.isEmpty()) {
      return names.stream().distinct().map(group::stream).toList();
    }
    return group.streams().values().stream()
        .filter(stream -> prefix == null || stream.name().startsWith(prefix))
        .toList();
  }

  private static boolean within(Event event, FilterLogEventsRequest request) {
    return (request.startTime() == null || event.timestamp() >= request.startTime())
        && (request.endTime() == null || event.timestamp() <= request.endTime());
  }

  private static int pageSize(List<Found> found, int limit) {
    long bytes = 0;
    int count = 0;
    while (count < Math.min(limit, found.size())) {
      bytes += found.get(count).event().bytes();
      if (bytes > EventPages.MAX_BYTES && count > 0) {
        break;
      }
      count++;
    }
    return count;
  }

  private static FilteredLogEvent shown(Found found) {
    Event event = found.event();
    return FilteredLogEvent.builder()
        .logStreamName(found.stream())
        .timestamp(event.timestamp())
        .message(event.message())
        .ingestionTime(event.ingested())
        .eventId(event.position().toString())
        .build();
  }
}
