package io.pipelab.local.kinesis.engine;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its shards, open and closed, and their records for as long as they are kept. Its
 * methods may be called from any thread; streams share nothing.
 */
public final class RecordStream {
  private final InstantSource clock;
  private final SequenceNumbers numbers = new SequenceNumbers();
  private final Map<String, Shard> shards = new LinkedHashMap<>();
  private int made;
  private Duration retention;

  /** A stream with so many shards of one size. */
  public RecordStream(int count, Duration retention, InstantSource clock) {
    this.clock = clock;
    this.retention = retention;
    HashRange.uniform(count).forEach(range -> open(range, List.of()));
  }

  public synchronized Duration retention() {
    return retention;
  }

  public synchronized void keep(Duration retention) {
    this.retention = retention;
  }

  /**
   * All shards in the order in which they were made, those that were closed and hold nothing
   * excepted.
   */
  public synchronized List<ShardView> shards() {
    expire();
    return shards.values().stream().map(Shard::view).toList();
  }

  /** The shards that take records, by their hash keys. */
  public synchronized List<ShardView> openShards() {
    return open().stream().map(Shard::view).toList();
  }

  public synchronized Optional<ShardView> shard(String id) {
    expire();
    return Optional.ofNullable(shards.get(id)).map(Shard::view);
  }

  /**
   * Puts a record.
   *
   * @param hash the hash key that decides over the shard; null for the partition key's
   */
  public synchronized PutOutcome put(String partitionKey, @Nullable BigInteger hash, byte[] data) {
    expire();
    Shard shard = shardFor(hash == null ? HashRange.hash(partitionKey) : hash);
    Instant now = clock.instant();
    if (!shard.admits(StoredRecord.size(partitionKey, data), now.toEpochMilli())) {
      return new PutOutcome.Throttled(shard.id);
    }
    String number = numbers.next(now.toEpochMilli(), shard.index);
    shard.add(new StoredRecord(number, partitionKey, data, now));
    return new PutOutcome.Stored(shard.id, number);
  }

  private Shard shardFor(BigInteger hash) {
    return shards.values().stream()
        .filter(shard -> shard.isOpen() && shard.range.contains(hash))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no shard for " + hash));
  }

  /** Reads from a position of a shard, counted against what the shard gives in a second. */
  public synchronized ReadOutcome read(String shardId, Position from, int limit) {
    expire();
    Shard shard = shards.get(shardId);
    if (shard == null) {
      return new ReadOutcome.NoShard();
    }
    Instant now = clock.instant();
    if (!shard.admitsRead(now.toEpochMilli())) {
      return new ReadOutcome.Throttled();
    }
    return batch(shard, from, shard.from(from, limit), now);
  }

  private ReadOutcome.Batch batch(
      Shard shard, Position from, List<StoredRecord> records, Instant now) {
    Position next =
        records.isEmpty() ? from : Position.after(records.get(records.size() - 1).sequenceNumber());
    StoredRecord unread = shard.next(next);
    if (unread == null && !shard.isOpen()) {
      List<ShardView> children =
          shards.values().stream()
              .map(Shard::view)
              .filter(view -> view.isChildOf(shard.id))
              .toList();
      return new ReadOutcome.Batch(records, null, 0, children);
    }
    long behind = unread == null ? 0 : Duration.between(unread.arrival(), now).toMillis();
    return new ReadOutcome.Batch(records, next, behind, List.of());
  }

  /** Behind all that a shard holds; nothing when there is no such shard. */
  public synchronized Optional<Position> newest(String shardId) {
    return Optional.ofNullable(shards.get(shardId)).map(Shard::newest);
  }

  /** At the first record of a shard that was put at a time or later. */
  public synchronized Optional<Position> since(String shardId, Instant time) {
    expire();
    return Optional.ofNullable(shards.get(shardId)).map(shard -> shard.since(time));
  }

  /**
   * Closes an open shard and makes two of it.
   *
   * @throws IllegalArgumentException when the second would not begin inside of it
   */
  public synchronized void split(String shardId, BigInteger secondStart) {
    split(openShard(shardId), secondStart);
  }

  private void split(Shard shard, BigInteger secondStart) {
    if (!shard.range.splitsAt(secondStart)) {
      throw new IllegalArgumentException(secondStart + " does not split " + shard.id);
    }
    close(shard);
    open(shard.range.below(secondStart), List.of(shard.id));
    open(shard.range.from(secondStart), List.of(shard.id));
  }

  /**
   * Closes two open shards and makes one of them.
   *
   * @throws IllegalArgumentException when they are not neighbours
   */
  public synchronized void merge(String shardId, String adjacentId) {
    merge(openShard(shardId), openShard(adjacentId));
  }

  private Shard merge(Shard one, Shard other) {
    if (!one.range.isAdjacentTo(other.range)) {
      throw new IllegalArgumentException(one.id + " is not adjacent to " + other.id);
    }
    close(one);
    close(other);
    return open(one.range.joined(other.range), List.of(one.id, other.id));
  }

  /**
   * Makes so many open shards of one size by splits and merges, as UpdateShardCount does with
   * UNIFORM_SCALING: shards that are needed on the way are closed again.
   */
  public synchronized void scale(int count) {
    List<HashRange> wanted = HashRange.uniform(count);
    wanted.forEach(range -> cut(range.start()));
    for (HashRange range : wanted) {
      List<Shard> within = open().stream().filter(shard -> range.covers(shard.range)).toList();
      Shard merged = within.get(0);
      for (Shard next : within.subList(1, within.size())) {
        merged = merge(merged, next);
      }
    }
  }

  private void cut(BigInteger boundary) {
    Shard shard = shardFor(boundary);
    if (shard.range.splitsAt(boundary)) {
      split(shard, boundary);
    }
  }

  private Shard openShard(String id) {
    Shard shard = shards.get(id);
    if (shard == null || !shard.isOpen()) {
      throw new IllegalArgumentException(id + " is not open");
    }
    return shard;
  }

  private List<Shard> open() {
    List<Shard> open = new ArrayList<>(shards.values());
    open.removeIf(shard -> !shard.isOpen());
    open.sort(Comparator.comparing(shard -> shard.range.start()));
    return open;
  }

  private Shard open(HashRange range, List<String> parents) {
    int index = made++;
    String id = String.format(Locale.ROOT, "shardId-%012d", index);
    Shard shard = new Shard(index, id, range, parents, numbers.next(clock.millis(), index));
    shards.put(id, shard);
    return shard;
  }

  private void close(Shard shard) {
    Instant now = clock.instant();
    shard.close(numbers.next(now.toEpochMilli(), shard.index), now);
  }

  private void expire() {
    Instant oldest = clock.instant().minus(retention);
    shards.values().removeIf(shard -> shard.isGone(oldest));
    shards.values().forEach(shard -> shard.expire(oldest));
  }
}
