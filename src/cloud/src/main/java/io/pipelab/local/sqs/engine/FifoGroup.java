package io.pipelab.local.sqs.engine;

import java.util.PriorityQueue;

/** One message group of a FIFO queue. */
final class FifoGroup {
  final String id;
  final PriorityQueue<Message> visible = new PriorityQueue<>(StandardOrder.BY_POSITION);

  /** How many of its messages are in flight; with any, the group is blocked. */
  int inFlight;

  /** Where its first visible message stood when the group was last found ready. */
  long position;

  FifoGroup(String id) {
    this.id = id;
  }
}
