package io.pipelab.local.sqs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** When each message that is in a queue now was sent, in milliseconds since the epoch. */
final class MessageAges {
  private final Map<String, Map<String, Long>> sentByQueue = new ConcurrentHashMap<>();

  void added(String queue, String messageId, long sentMillis) {
    Map<String, Long> sent = sentByQueue.computeIfAbsent(queue, name -> new LinkedHashMap<>());
    synchronized (sent) {
      sent.put(messageId, sentMillis);
    }
  }

  void removed(String queue, String messageId) {
    Map<String, Long> sent = sentByQueue.get(queue);
    if (sent != null) {
      synchronized (sent) {
        sent.remove(messageId);
      }
    }
  }

  void cleared(String queue) {
    sentByQueue.remove(queue);
  }

  /** When the oldest message of the queue was sent; empty when there is none. */
  OptionalLong oldest(String queue) {
    Map<String, Long> sent = sentByQueue.get(queue);
    if (sent == null) {
      return OptionalLong.empty();
    }
    synchronized (sent) {
      return sent.values().stream().mapToLong(Long::longValue).min();
    }
  }
}
