package io.pipelab.local.sqs.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a FIFO queue accepted in the last five minutes, so that it accepts it only once. */
final class Deduplication {
  static final long INTERVAL_MILLIS = 5 * 60_000;

  private record Seen(long at, SentMessage message) {}

  /** In the order of arrival. */
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /** What came under this key within the interval, or null. */
  @Nullable SentMessage find(String key, long now) {
    Iterator<Seen> oldest = seen.values().iterator();
    while (oldest.hasNext() && oldest.next().at() + INTERVAL_MILLIS <= now) {
      oldest.remove();
    }
    Seen found = seen.get(key);
    return found == null ? null : found.message();
  }

  void add(String key, SentMessage message, long now) {
    seen.put(
        key, new Seen(now, new SentMessage(message.messageId(), message.sequenceNumber(), true)));
  }
}
