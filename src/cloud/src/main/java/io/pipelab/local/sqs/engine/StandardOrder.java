package io.pipelab.local.sqs.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** A standard queue hands its messages out by their place in the queue. */
final class StandardOrder implements VisibleMessages {
  static final Comparator<Message> BY_POSITION =
      Comparator.comparingLong(message -> message.position);

  private static final int FEW = 64;

  private final PriorityQueue<Message> messages = new PriorityQueue<>(BY_POSITION);

  /** How many of them are gone: to look for one of a hundred thousand takes too long. */
  private int gone;

  @Override
  public void add(Message message) {
    messages.add(message);
  }

  @Override
  public List<Message> take(int max, Predicate<Message> poison, List<Message> dead) {
    List<Message> taken = new ArrayList<>(max);
    while (taken.size() < max && !messages.isEmpty()) {
      Message message = messages.remove();
      if (message.state == Message.State.GONE) {
        gone--;
      } else {
        (poison.test(message) ? dead : taken).add(message);
      }
    }
    return taken;
  }

  @Override
  public void landed(Message message) {
    // A standard queue holds nothing back for what is in flight.
  }

  @Override
  public void remove(Message message) {
    if (messages.peek() == message) {
      messages.remove();
      return;
    }
    gone++;
    if (gone > FEW && gone > messages.size() / 2) {
      messages.removeIf(each -> each.state == Message.State.GONE);
      gone = 0;
    }
  }
}
