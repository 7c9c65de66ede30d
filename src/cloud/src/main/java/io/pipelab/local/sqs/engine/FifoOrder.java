package io.pipelab.local.sqs.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A FIFO queue hands out each group in order, as much of one group as it can, and nothing of a
 * group that has messages in flight (Amazon SQS Developer Guide, "FIFO queue delivery logic").
 */
final class FifoOrder implements VisibleMessages {
  private final Map<String, FifoGroup> groups = new HashMap<>();

  /** The groups with visible messages and none in flight. */
  private final TreeSet<FifoGroup> ready =
      new TreeSet<>(Comparator.comparingLong((FifoGroup group) -> group.position));

  @Override
  public void add(Message message) {
    FifoGroup group = group(message);
    group.visible.add(message);
    settle(group);
  }

  @Override
  public List<Message> take(int max, Predicate<Message> poison, List<Message> dead) {
    List<Message> taken = new ArrayList<>(max);
    while (taken.size() < max && !ready.isEmpty()) {
      FifoGroup group = ready.first();
      while (taken.size() < max && !group.visible.isEmpty()) {
        Message message = group.visible.remove();
        if (poison.test(message)) {
          dead.add(message);
        } else {
          taken.add(message);
          group.inFlight++;
        }
      }
      settle(group);
    }
    return taken;
  }

  @Override
  public void landed(Message message) {
    FifoGroup group = group(message);
    group.inFlight--;
    settle(group);
  }

  @Override
  public void remove(Message message) {
    FifoGroup group = group(message);
    group.visible.remove(message);
    settle(group);
  }

  private FifoGroup group(Message message) {
    return groups.computeIfAbsent(String.valueOf(message.groupId), FifoGroup::new);
  }

  /** Puts a group where it belongs now: among the ready, the blocked, or nowhere. */
  private void settle(FifoGroup group) {
    ready.remove(group);
    Message first = group.visible.peek();
    if (group.inFlight > 0) {
      return;
    }
    if (first == null) {
      groups.remove(group.id);
      return;
    }
    group.position = first.position;
    ready.add(group);
  }
}
