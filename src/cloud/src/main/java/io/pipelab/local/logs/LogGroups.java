package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All log groups. They live in memory: when all events together pass the bound, the oldest of the
 * largest stream go, and the group says so in a stream of its own, {@link #DROPPED}.
 */
final class LogGroups {
  /** The stream in which a group tells of events that had to go. */
  static final String DROPPED = "pipelab-dropped-events";

  private static final long MAX_BYTES = 64L << 20;

  private final CloudClock clock;
  private final long maxBytes;
  private final SortedMap<String, Group> byName = new TreeMap<>();
  private volatile Arrival arrival = (group, stream, event) -> {};
  private long bytes;
  private long arrivals;

  LogGroups(CloudClock clock) {
    this(clock, MAX_BYTES);
  }

  LogGroups(CloudClock clock, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  /** What happens to an event beside that it is kept. It runs within the lock of the groups. */
  @FunctionalInterface
  interface Arrival {
    void accept(Group group, EventStream stream, Event event);
  }

  /** Tells of each event that comes in from now on. */
  void onArrival(Arrival listener) {
    arrival = listener;
  }

  /** Reads or changes all groups, alone. */
  synchronized <T> T all(Function<SortedMap<String, Group>, T> work) {
    return work.apply(byName);
  }

  /**
   * Reads or changes one group, alone.
   *
   * @throws AwsError ResourceNotFoundException
   */
  synchronized <T> T with(String name, Function<Group, T> work) {
    return work.apply(group(name));
  }

  synchronized boolean has(String name) {
    return byName.containsKey(name);
  }

  private Group group(String name) {
    Group group = byName.get(name);
    if (group == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return group;
  }

  /** Adds a group; does nothing when there is one of that name. */
  synchronized boolean add(Group group) {
    return byName.putIfAbsent(group.name(), group) == null;
  }

  synchronized void remove(String name) {
    bytes -= group(name).bytes();
    byName.remove(name);
  }

  synchronized void removeStream(String groupName, String streamName) {
    Group group = group(groupName);
    bytes -= group.stream(streamName).bytes();
    group.streams().remove(streamName);
  }

  /**
   * Appends an event.
   *
   * @param timestamp milliseconds since the epoch
   */
  synchronized void append(Group group, EventStream stream, long timestamp, String message) {
    long now = clock.now().toEpochMilli();
    Event event = Event.of(new Position(timestamp, ++arrivals), now, message);
    stream.add(event);
    bytes += event.bytes();
    arrival.accept(group, stream, event);
    if (bytes > maxBytes) {
      makeRoom();
    }
  }

  /** Forgets the events that are older than their groups' retention. */
  synchronized void expire() {
    Instant now = clock.now();
    for (Group group : byName.values()) {
      Integer days = group.retentionDays();
      if (days != null) {
        long before = now.minus(Duration.ofDays(days)).toEpochMilli();
        for (EventStream stream : group.streams().values()) {
          bytes -= stream.expire(before);
        }
      }
    }
  }

  /** Drops a quarter of the largest stream, so that it is not needed again at the next event. */
  private void makeRoom() {
    Optional<Group> largest =
        byName.values().stream()
            .filter(group -> !group.streams().isEmpty())
            .max(Comparator.comparingLong(group -> largestStream(group).bytes()));
    if (largest.isEmpty()) {
      return;
    }
    Group group = largest.get();
    EventStream stream = largestStream(group);
    int count = Math.max(1, stream.all().size() / 4);
    bytes -= stream.drop(count);
    long now = clock.now().toEpochMilli();
    EventStream notes =
        group.streams().computeIfAbsent(DROPPED, name -> new EventStream(name, now));
    Event note =
        Event.of(
            new Position(now, ++arrivals),
            now,
            "The embedded cloud keeps at most "
                + maxBytes
                + " bytes of log events in memory: it dropped the oldest "
                + count
                + " events of stream "
                + stream.name());
    notes.add(note);
    bytes += note.bytes();
  }

  private static EventStream largestStream(Group group) {
    return group.streams().values().stream()
        .max(Comparator.comparingLong(EventStream::bytes))
        .orElseThrow();
  }
}
