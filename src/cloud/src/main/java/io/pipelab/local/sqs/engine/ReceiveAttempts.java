package io.pipelab.local.sqs.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The receives of the last five minutes that named their attempt: the same attempt gets the same
 * messages again while nothing has happened to them (SQS API Reference, ReceiveMessage,
 * ReceiveRequestAttemptId).
 */
final class ReceiveAttempts {
  private record Attempt(long at, long due, List<Message> messages) {
    boolean untouched() {
      return messages.stream()
          .allMatch(each -> each.state == Message.State.IN_FLIGHT && each.due == due);
    }
  }

  /** In the order in which they were made. */
  private final Map<String, Attempt> attempts = new LinkedHashMap<>();

  /** The messages of an attempt that was made before, or none. */
  List<Message> find(String id, long now) {
    Iterator<Attempt> oldest = attempts.values().iterator();
    while (oldest.hasNext() && oldest.next().at() + Deduplication.INTERVAL_MILLIS <= now) {
      oldest.remove();
    }
    Attempt attempt = attempts.get(id);
    return attempt != null && attempt.untouched() ? attempt.messages() : List.of();
  }

  void add(String id, List<Message> messages, long due, long now) {
    attempts.remove(id);
    attempts.put(id, new Attempt(now, due, messages));
  }
}
