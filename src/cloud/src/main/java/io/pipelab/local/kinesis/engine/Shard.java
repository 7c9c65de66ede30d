package io.pipelab.local.kinesis.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard: records in the order of their sequence numbers, and what may pass each second (Kinesis
 * Data Streams Developer Guide, "Quotas and limits"). The stream guards it.
 */
final class Shard {
  /** Bytes in, a second. */
  private static final long WRITTEN_BYTES = 1 << 20;

  private static final long WRITTEN_RECORDS = 1000;

  /** Bytes out, a second. */
  private static final long READ_BYTES = 2 << 20;

  private static final long READ_CALLS = 5;

  /** Bytes that one call gives at most. */
  private static final long MOST_READ = 10 << 20;

  final int index;
  final String id;
  final HashRange range;

  private final List<String> parents;
  private final String first;
  private @Nullable String last;
  private @Nullable Instant closed;
  private final List<StoredRecord> records = new ArrayList<>();
  private final Budget writtenBytes = new Budget(WRITTEN_BYTES);
  private final Budget writtenRecords = new Budget(WRITTEN_RECORDS);
  private final Budget readBytes = new Budget(READ_BYTES);
  private final Budget readCalls = new Budget(READ_CALLS);

  Shard(int index, String id, HashRange range, List<String> parents, String first) {
    this.index = index;
    this.id = id;
    this.range = range;
    this.parents = List.copyOf(parents);
    this.first = first;
  }

  ShardView view() {
    return new ShardView(
        id,
        range,
        parents.isEmpty() ? null : parents.get(0),
        parents.size() < 2 ? null : parents.get(1),
        first,
        last);
  }

  boolean isOpen() {
    return last == null;
  }

  void close(String sequenceNumber, Instant now) {
    last = sequenceNumber;
    closed = now;
  }

  /** Whether nothing is left of it: closed, and all that it held is older than a time. */
  boolean isGone(Instant oldest) {
    return closed != null && closed.isBefore(oldest);
  }

  /** Whether the second's throughput has room for a record. */
  boolean admits(int size, long now) {
    return writtenRecords.has(1, now) && writtenBytes.has(size, now);
  }

  void add(StoredRecord record) {
    writtenRecords.take(1);
    writtenBytes.take(record.size());
    records.add(record);
  }

  /** Drops what was put before a time. */
  void expire(Instant oldest) {
    int old = 0;
    while (old < records.size() && records.get(old).arrival().isBefore(oldest)) {
      old++;
    }
    records.subList(0, old).clear();
  }

  /** Whether another read may be made; takes it if so. */
  boolean admitsRead(long now) {
    boolean admitted = readCalls.has(1, now) && readBytes.hasAny(now);
    if (admitted) {
      readCalls.take(1);
    }
    return admitted;
  }

  /** The records from a position, as many as one call gives. */
  List<StoredRecord> from(Position position, int limit) {
    int begin = indexOf(position);
    int end = begin;
    long bytes = 0;
    while (end < records.size() && end - begin < limit) {
      bytes += records.get(end).size();
      if (bytes > MOST_READ && end > begin) {
        break;
      }
      end++;
    }
    List<StoredRecord> read = List.copyOf(records.subList(begin, end));
    readBytes.take(read.stream().mapToLong(StoredRecord::size).sum());
    return read;
  }

  /** The first record that was put at a time or later. */
  Position since(Instant time) {
    return records.stream()
        .filter(each -> !each.arrival().isBefore(time))
        .findFirst()
        .map(each -> Position.at(each.sequenceNumber()))
        .orElseGet(this::newest);
  }

  /** Behind all that is there. */
  Position newest() {
    return Position.after(
        records.isEmpty() ? first : records.get(records.size() - 1).sequenceNumber());
  }

  /** The first record behind a position that was not read; null when there is none. */
  @Nullable StoredRecord next(Position position) {
    int index = indexOf(position);
    return index < records.size() ? records.get(index) : null;
  }

  private int indexOf(Position position) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.isBehind(records.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
