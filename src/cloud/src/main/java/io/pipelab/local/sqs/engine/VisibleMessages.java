package io.pipelab.local.sqs.engine;

import java.util.List;
import java.util.function.Predicate;

/** The messages that may be received, and in which order. */
interface VisibleMessages {
  /** Adds a message that has become visible. */
  void add(Message message);

  /**
   * Takes messages out to be received together; they count as in flight from here on.
   *
   * @param poison messages that go to {@code dead} instead, and are not in flight
   */
  List<Message> take(int max, Predicate<Message> poison, List<Message> dead);

  /** Notes that a message that was taken is in flight no longer. */
  void landed(Message message);

  /** Forgets a message that was visible and is gone. */
  void remove(Message message);
}
