package io.pipelab.local.sqs;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each message that is in a queue now was sent, in milliseconds since the epoch; known from
 * the calls that go through here. The engine could tell each event, but waits for an answer each
 * time, which costs a third of its rate.
 */
final class MessageAges {
  private final Map<String, Live> byQueue = new ConcurrentHashMap<>();

  /** One queue's messages, under its own lock. */
  private static final class Live {
    private final Map<String, Long> sent = new LinkedHashMap<>();

    /** Messages that the engine moves to the dead-letter queue instead of delivering them again. */
    private final Set<String> exhausted = new LinkedHashSet<>();
  }

  void added(String queue, String messageId, long sentMillis) {
    Live live = byQueue.computeIfAbsent(queue, name -> new Live());
    synchronized (live) {
      live.sent.putIfAbsent(messageId, sentMillis);
    }
  }

  /** Notes that a message was received as often as its queue allows. */
  void exhausted(String queue, String messageId) {
    Live live = byQueue.computeIfAbsent(queue, name -> new Live());
    synchronized (live) {
      live.exhausted.add(messageId);
    }
  }

  void removed(String queue, String messageId) {
    Live live = byQueue.get(queue);
    if (live != null) {
      synchronized (live) {
        live.sent.remove(messageId);
        live.exhausted.remove(messageId);
      }
    }
  }

  void cleared(String queue) {
    byQueue.remove(queue);
  }

  /**
   * Brings what is known into line with how many messages the engine has: exhausted messages that
   * are missing went to the dead-letter queue.
   *
   * @param deadLetters the dead-letter queue's name, or null when there is none
   */
  void settle(String queue, long messages, @Nullable String deadLetters) {
    Live live = byQueue.get(queue);
    if (live == null) {
      return;
    }
    Map<String, Long> moved = new LinkedHashMap<>();
    synchronized (live) {
      Iterator<String> each = live.exhausted.iterator();
      while (live.sent.size() > messages && each.hasNext()) {
        String messageId = each.next();
        each.remove();
        Long sent = live.sent.remove(messageId);
        if (sent != null) {
          moved.put(messageId, sent);
        }
      }
      if (messages == 0) {
        live.sent.clear();
      }
    }
    if (deadLetters != null) {
      moved.forEach((messageId, sent) -> added(deadLetters, messageId, sent));
    }
  }

  /** When the oldest message of the queue was sent; empty when none is known. */
  OptionalLong oldest(String queue) {
    Live live = byQueue.get(queue);
    if (live == null) {
      return OptionalLong.empty();
    }
    synchronized (live) {
      return live.sent.values().stream().mapToLong(Long::longValue).min();
    }
  }
}
