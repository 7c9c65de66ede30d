package io.pipelab.local.kinesis.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordStreamTest {
  private static final Duration DAY = Duration.ofHours(24);

  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private final InstantSource clock = () -> now;

  private RecordStream stream(int shards) {
    return new RecordStream(shards, DAY, clock);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static PutOutcome.Stored put(RecordStream stream, String key, String text) {
    return assertInstanceOf(PutOutcome.Stored.class, stream.put(key, null, bytes(text)));
  }

  private static ReadOutcome.Batch read(RecordStream stream, String shard, Position from) {
    return assertInstanceOf(ReadOutcome.Batch.class, stream.read(shard, from, 10_000));
  }

  private static List<String> texts(ReadOutcome.Batch batch) {
    return batch.records().stream()
        .map(each -> new String(each.data(), StandardCharsets.UTF_8))
        .toList();
  }

  /** All that is behind a shard's oldest record, in calls that its throughput allows. */
  private List<String> drain(RecordStream stream, String shard) {
    List<String> all = new ArrayList<>();
    Position at = Position.OLDEST;
    while (true) {
      pass(Duration.ofSeconds(1));
      ReadOutcome.Batch batch = read(stream, shard, at);
      all.addAll(texts(batch));
      if (batch.next() == null || batch.records().isEmpty()) {
        return all;
      }
      at = batch.next();
    }
  }

  @Test
  void theShardsShareTheHashKeys() {
    for (int count : new int[] {1, 2, 3, 4, 7, 100}) {
      List<ShardView> shards = stream(count).openShards();
      assertEquals(count, shards.size());
      assertEquals(BigInteger.ZERO, shards.get(0).range().start());
      assertEquals(HashRange.ALL.end(), shards.get(count - 1).range().end());
      for (int i = 1; i < count; i++) {
        assertEquals(
            shards.get(i).range().start(), shards.get(i - 1).range().end().add(BigInteger.ONE));
      }
    }
  }

  @Test
  void aPartitionKeysHashIsItsMd5() {
    // The example of RFC 1321.
    assertEquals(
        new BigInteger("f96b697d7cb7938d525a2f31aaf161d0", 16), HashRange.hash("message digest"));
  }

  @Test
  void recordsOfAKeyStayInOrder() {
    RecordStream stream = stream(4);
    Map<String, List<String>> put = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      String shard = put(stream, "key-" + random.nextInt(20), "r" + i).shardId();
      put.computeIfAbsent(shard, each -> new ArrayList<>()).add("r" + i);
    }
    assertEquals(4, put.size(), "every shard has keys");
    put.forEach((shard, texts) -> assertEquals(texts, drain(stream, shard)));
  }

  @Test
  void sequenceNumbersGrowAlsoWhenTheClockGoesBack() {
    RecordStream stream = stream(1);
    String first = put(stream, "k", "a").sequenceNumber();
    now = now.minusSeconds(60);
    String second = put(stream, "k", "b").sequenceNumber();
    assertTrue(second.compareTo(first) > 0);
    assertTrue(new BigInteger(second).compareTo(new BigInteger(first)) > 0);
    assertEquals(56, first.length());
    assertTrue(SequenceNumbers.isOne(first));
    assertFalse(SequenceNumbers.isOne("1"));
    assertEquals(0, SequenceNumbers.shard(first));
  }

  @Test
  void readingBeginsWhereItIsAsked() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    PutOutcome.Stored a = put(stream, "k", "a");
    pass(Duration.ofSeconds(10));
    Instant later = now;
    put(stream, "k", "b");
    Position newest = stream.newest(shard).orElseThrow();
    assertEquals(List.of("a", "b"), texts(read(stream, shard, Position.OLDEST)));
    assertEquals(List.of("a", "b"), texts(read(stream, shard, Position.at(a.sequenceNumber()))));
    assertEquals(List.of("b"), texts(read(stream, shard, Position.after(a.sequenceNumber()))));
    assertEquals(
        List.of("b"), texts(read(stream, shard, stream.since(shard, later).orElseThrow())));
    pass(Duration.ofSeconds(2));
    ReadOutcome.Batch none = read(stream, shard, newest);
    assertEquals(List.of(), none.records());
    assertEquals(newest, none.next());
    put(stream, "k", "c");
    assertEquals(List.of("c"), texts(read(stream, shard, newest)));
    assertEquals(
        List.of(),
        read(stream, shard, stream.since(shard, now.plusSeconds(9)).orElseThrow()).records());
  }

  @Test
  void aBatchTellsHowFarBehindItIs() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    put(stream, "k", "a");
    put(stream, "k", "b");
    pass(Duration.ofSeconds(7));
    ReadOutcome.Batch one =
        assertInstanceOf(ReadOutcome.Batch.class, stream.read(shard, Position.OLDEST, 1));
    assertEquals(7000, one.millisBehind());
    assertEquals(0, read(stream, shard, Position.OLDEST).millisBehind());
  }

  @Test
  void aShardTakesAThousandRecordsASecond() {
    RecordStream stream = stream(1);
    for (int i = 0; i < 1000; i++) {
      put(stream, "k", "x");
    }
    assertInstanceOf(PutOutcome.Throttled.class, stream.put("k", null, bytes("x")));
    pass(Duration.ofMillis(10));
    for (int i = 0; i < 10; i++) {
      put(stream, "k", "x");
    }
    assertInstanceOf(PutOutcome.Throttled.class, stream.put("k", null, bytes("x")));
  }

  @Test
  void aShardTakesAMegabyteASecond() {
    RecordStream stream = stream(2);
    BigInteger low = BigInteger.ZERO;
    byte[] half = new byte[512 * 1024];
    assertInstanceOf(PutOutcome.Stored.class, stream.put("k", low, half));
    assertInstanceOf(PutOutcome.Throttled.class, stream.put("k", low, new byte[600 * 1024]));
    assertInstanceOf(
        PutOutcome.Stored.class, stream.put("k", HashRange.ALL.end(), half), "the other shard");
    pass(Duration.ofSeconds(1));
    assertInstanceOf(PutOutcome.Stored.class, stream.put("k", low, new byte[1 << 20]));
  }

  @Test
  void aShardIsReadFiveTimesASecond() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    for (int i = 0; i < 5; i++) {
      read(stream, shard, Position.OLDEST);
    }
    assertInstanceOf(ReadOutcome.Throttled.class, stream.read(shard, Position.OLDEST, 1));
    pass(Duration.ofMillis(200));
    read(stream, shard, Position.OLDEST);
  }

  @Test
  void whatWasReadAtOnceIsPaidBack() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofSeconds(2));
      assertInstanceOf(PutOutcome.Stored.class, stream.put("k", null, new byte[1 << 20]));
    }
    assertEquals(6, read(stream, shard, Position.OLDEST).records().size());
    pass(Duration.ofSeconds(1));
    assertInstanceOf(ReadOutcome.Throttled.class, stream.read(shard, Position.OLDEST, 1));
    pass(Duration.ofSeconds(2));
    read(stream, shard, Position.OLDEST);
  }

  @Test
  void oneCallGivesTenMegabytes() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    for (int i = 0; i < 12; i++) {
      pass(Duration.ofSeconds(2));
      assertInstanceOf(PutOutcome.Stored.class, stream.put("k", null, new byte[1 << 20]));
    }
    assertEquals(9, read(stream, shard, Position.OLDEST).records().size(), "keys count, too");
  }

  @Test
  void recordsAreKeptAsLongAsWasSaid() {
    RecordStream stream = stream(1);
    String shard = stream.openShards().get(0).id();
    put(stream, "k", "old");
    pass(DAY.minusSeconds(1));
    put(stream, "k", "new");
    assertEquals(List.of("old", "new"), texts(read(stream, shard, Position.OLDEST)));
    pass(Duration.ofSeconds(2));
    assertEquals(List.of("new"), texts(read(stream, shard, Position.OLDEST)));
    stream.keep(Duration.ofHours(48));
    pass(DAY);
    assertEquals(List.of("new"), texts(read(stream, shard, Position.OLDEST)));
  }

  @Test
  void aShardThatWasSplitIsReadToItsEnd() {
    RecordStream stream = stream(1);
    String parent = stream.openShards().get(0).id();
    put(stream, "k", "before");
    stream.split(parent, BigInteger.ONE.shiftLeft(127));
    List<ShardView> children = stream.openShards();
    assertEquals(2, children.size());
    children.forEach(each -> assertEquals(parent, each.parentId()));
    PutOutcome.Stored after = put(stream, "k", "after");
    assertNotEquals(parent, after.shardId());
    ReadOutcome.Batch last = read(stream, parent, Position.OLDEST);
    assertEquals(List.of("before"), texts(last));
    assertNull(last.next());
    assertEquals(children, last.children());
    String end = stream.shard(parent).orElseThrow().endingSequenceNumber();
    assertTrue(after.sequenceNumber().compareTo(end) > 0);
    pass(DAY.plusSeconds(1));
    assertInstanceOf(
        ReadOutcome.NoShard.class, stream.read(parent, Position.OLDEST, 1), "nothing is left");
    assertEquals(2, stream.shards().size());
  }

  @Test
  void twoShardsAreMerged() {
    RecordStream stream = stream(3);
    List<ShardView> old = stream.openShards();
    assertThrows(
        IllegalArgumentException.class, () -> stream.merge(old.get(0).id(), old.get(2).id()));
    stream.merge(old.get(0).id(), old.get(1).id());
    ShardView child = stream.openShards().get(0);
    assertEquals(old.get(0).id(), child.parentId());
    assertEquals(old.get(1).id(), child.adjacentParentId());
    assertEquals(old.get(1).range().end(), child.range().end());
    assertThrows(
        IllegalArgumentException.class, () -> stream.split(old.get(0).id(), BigInteger.TWO));
  }

  @Test
  void scalingEndsWithShardsOfOneSize() {
    Random random = new Random(7);
    RecordStream stream = stream(3);
    int records = 0;
    for (int count : new int[] {6, 5, 3, 2, 4, 1, 2, 3}) {
      for (int i = 0; i < 50; i++, records++) {
        put(stream, "key-" + random.nextInt(), "r");
      }
      stream.scale(count);
      assertEquals(
          HashRange.uniform(count), stream.openShards().stream().map(ShardView::range).toList());
    }
    int left = 0;
    for (ShardView shard : stream.shards()) {
      left += drain(stream, shard.id()).size();
    }
    assertEquals(records, left, "nothing is lost");
  }

  @Test
  void dataComesBackAsItWas() {
    RecordStream stream = stream(1);
    byte[] data = new byte[] {0, -1, 127, -128};
    stream.put("k", null, data);
    String shard = stream.openShards().get(0).id();
    assertArrayEquals(data, read(stream, shard, Position.OLDEST).records().get(0).data());
  }
}
