package io.pipelab.local.sqs.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages by a time that is to come. An entry that was overtaken stays until its time, or until
 * such entries are the greater part.
 */
final class Deadlines {
  private static final int FEW = 64;

  /** A message's deadline as it was when it was entered. */
  private record Entry(long at, long position, Message message) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::position));

  private final Predicate<Message> wanted;
  private final ToLongFunction<Message> deadline;
  private final IntSupplier alive;

  /**
   * @param wanted whether a message still has a deadline
   * @param deadline when it is, in epoch milliseconds
   * @param alive how many messages have one at most
   */
  Deadlines(Predicate<Message> wanted, ToLongFunction<Message> deadline, IntSupplier alive) {
    this.wanted = wanted;
    this.deadline = deadline;
    this.alive = alive;
  }

  void add(Message message) {
    if (entries.size() > FEW + 2L * alive.getAsInt()) {
      entries.removeIf(entry -> !current(entry));
    }
    entries.add(new Entry(deadline.applyAsLong(message), message.position, message));
  }

  /** The next message whose deadline has come, taken out; null when there is none. */
  @Nullable Message poll(long now) {
    Entry entry = peek();
    if (entry == null || entry.at() > now) {
      return null;
    }
    entries.remove();
    return entry.message();
  }

  /** When the next deadline is, or {@link Long#MAX_VALUE}. */
  long next() {
    Entry entry = peek();
    return entry == null ? Long.MAX_VALUE : entry.at();
  }

  void clear() {
    entries.clear();
  }

  private @Nullable Entry peek() {
    Entry entry = entries.peek();
    while (entry != null && !current(entry)) {
      entries.remove();
      entry = entries.peek();
    }
    return entry;
  }

  private boolean current(Entry entry) {
    return wanted.test(entry.message()) && deadline.applyAsLong(entry.message()) == entry.at();
  }
}
