package io.pipelab.local.sqs.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in its queue: only touched under the queue's lock. Small, for a queue may hold hundreds
 * of thousands.
 */
final class Message {
  /** Where a message is in its life. */
  enum State {
    DELAYED,
    VISIBLE,
    IN_FLIGHT,
    GONE
  }

  final long idHigh;
  final long idLow;
  final MessageContent content;

  /** When it was sent; a standard dead-letter queue keeps the time of the first sending. */
  final long sent;

  /** When it came into this queue. */
  final long arrived;

  /** Its number in this queue, for good. */
  final long serial;

  final @Nullable String groupId;
  final @Nullable String deduplicationId;
  final @Nullable String deadLetterSource;

  /** Its place in the queue: messages are handed out by it. */
  long position;

  State state = State.GONE;

  /** When it becomes visible; meaningful while delayed or in flight. */
  long due;

  int receiveCount;
  long firstReceived;
  long lastReceived;

  /** The neighbours in the queue's order. */
  @Nullable Message before;

  @Nullable Message after;

  Message(Origin origin, long arrived, long serial) {
    this.idHigh = origin.id().getMostSignificantBits();
    this.idLow = origin.id().getLeastSignificantBits();
    this.content = origin.content();
    this.sent = origin.sent();
    this.arrived = arrived;
    this.serial = serial;
    this.position = serial;
    this.groupId = origin.groupId();
    this.deduplicationId = origin.deduplicationId();
    this.deadLetterSource = origin.deadLetterSource();
    this.receiveCount = origin.receiveCount();
    this.firstReceived = origin.firstReceived();
  }

  String id() {
    return new UUID(idHigh, idLow).toString();
  }

  /** The message as it leaves for another queue. */
  Origin leaving(@Nullable String source) {
    return new Origin(
        new UUID(idHigh, idLow),
        content,
        sent,
        groupId,
        deduplicationId,
        source,
        receiveCount,
        firstReceived);
  }
}
