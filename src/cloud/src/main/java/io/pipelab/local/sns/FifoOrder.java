package io.pipelab.local.sns;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a FIFO topic remembers of its messages: the last sequence number, and what was published
 * within five minutes, so that it is published only once (SNS Developer Guide, "Message
 * deduplication for FIFO topics"). The five minutes are real ones, as those of SQS are.
 */
final class FifoOrder {
  static final Duration INTERVAL = Duration.ofMinutes(5);

  /** Twenty digits that grow, with gaps, as the guide shows them. */
  private static final BigInteger FIRST = new BigInteger("10000000000000000000");

  private static final BigInteger STEP = BigInteger.valueOf(1000);

  private record Seen(Instant at, Published published) {}

  private final InstantSource time;

  /** In the order of publishing. */
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  private BigInteger last = FIRST;

  FifoOrder(InstantSource time) {
    this.time = time;
  }

  /** What was published under this key within the interval, or null. */
  synchronized @Nullable Published find(String key) {
    Instant since = time.instant().minus(INTERVAL);
    Iterator<Seen> oldest = seen.values().iterator();
    while (oldest.hasNext() && !oldest.next().at().isAfter(since)) {
      oldest.remove();
    }
    Seen found = seen.get(key);
    return found == null ? null : found.published();
  }

  /** The next sequence number. */
  synchronized String next() {
    last = last.add(STEP);
    return last.toString();
  }

  /** Remembers what was published. */
  synchronized void add(String key, Published published) {
    seen.put(key, new Seen(time.instant(), published));
  }
}
