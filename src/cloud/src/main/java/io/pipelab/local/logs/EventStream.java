package io.pipelab.local.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log stream: its events in the order of time. Not safe for threads; {@link LogGroups} guards.
 */
final class EventStream {
  private final String name;
  private final long created;
  private final List<Event> events = new ArrayList<>();
  private long bytes;
  private @Nullable Long lastIngestion;

  EventStream(String name, long created) {
    this.name = name;
    this.created = created;
  }

  String name() {
    return name;
  }

  /** Milliseconds since the epoch. */
  long created() {
    return created;
  }

  long bytes() {
    return bytes;
  }

  @Nullable Long lastIngestion() {
    return lastIngestion;
  }

  @Nullable Event first() {
    return events.isEmpty() ? null : events.get(0);
  }

  @Nullable Event last() {
    return events.isEmpty() ? null : events.get(events.size() - 1);
  }

  /** Adds an event at its place: at the end, unless it is older than others. */
  void add(Event event) {
    int at = events.size();
    while (at > 0 && events.get(at - 1).position().compareTo(event.position()) > 0) {
      at--;
    }
    events.add(at, event);
    bytes += event.bytes();
    lastIngestion = event.ingested();
  }

  /** The events behind a position, oldest first; a view that changes with the stream. */
  List<Event> after(Position position) {
    return events.subList(firstAfter(position), events.size());
  }

  /** The events before a position, oldest first; a view that changes with the stream. */
  List<Event> before(Position position) {
    int end = firstAfter(position);
    while (end > 0 && events.get(end - 1).position().compareTo(position) >= 0) {
      end--;
    }
    return events.subList(0, end);
  }

  /** All events, oldest first; a view that changes with the stream. */
  List<Event> all() {
    return events;
  }

  /** Forgets the events from before a moment and returns how many bytes that freed. */
  long expire(long beforeMillis) {
    int end = 0;
    while (end < events.size() && events.get(end).timestamp() < beforeMillis) {
      end++;
    }
    return drop(end);
  }

  /** Forgets the oldest events, so many, and returns how many bytes that freed. */
  long drop(int count) {
    List<Event> oldest = events.subList(0, count);
    long freed = oldest.stream().mapToLong(Event::bytes).sum();
    oldest.clear();
    bytes -= freed;
    return freed;
  }

  private int firstAfter(Position position) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).position().compareTo(position) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
