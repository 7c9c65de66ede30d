package io.pipelab.local.sqs.engine;

import io.pipelab.local.sqs.engine.Message.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The messages of one queue and what may happen to them; without a lock of its own. */
final class Messages {
  /**
   * A standard queue moves what was received so often to its back (Amazon SQS Developer Guide,
   * "Available CloudWatch metrics", ApproximateAgeOfOldestMessage).
   */
  private static final int TO_THE_BACK_AFTER = 3;

  private final boolean fifo;
  private final Arrivals arrivals = new Arrivals();
  private final VisibleMessages visible;
  private final int[] counts = new int[State.values().length];

  /** What was received at least once, by serial: the messages that somebody has a handle of. */
  private final Map<Long, Message> received = new HashMap<>();

  /** When delayed messages and those in flight become visible. */
  private final Deadlines hidden =
      new Deadlines(Messages::isHidden, message -> message.due, this::hiddenCount);

  /** Messages that were sent before the one in front of them, by the time of sending. */
  private final Deadlines strays =
      new Deadlines(message -> message.state != State.GONE, message -> message.sent, this::all);

  private long serials;
  private long newest = Long.MIN_VALUE;

  Messages(boolean fifo) {
    this.fifo = fifo;
    this.visible = fifo ? new FifoOrder() : new StandardOrder();
  }

  int count(State state) {
    return counts[state.ordinal()];
  }

  /** When the next message becomes visible by itself, or {@link Long#MAX_VALUE}. */
  long nextDue() {
    return hidden.next();
  }

  /** The message that is longest in the queue, or null. */
  @Nullable Message oldest() {
    return arrivals.first();
  }

  /** The message that a handle is of, or null when it is gone. */
  @Nullable Message received(long serial) {
    return received.get(serial);
  }

  Message add(Origin origin, long now, long delayMillis) {
    Message message = new Message(origin, now, ++serials);
    counts[State.GONE.ordinal()]++;
    append(message);
    if (delayMillis > 0) {
      hide(message, State.DELAYED, now + delayMillis);
    } else {
      show(message);
    }
    return message;
  }

  /**
   * Takes messages to be received.
   *
   * @param due when they become visible again
   * @param poison messages that leave the queue for {@code dead} instead
   */
  List<Message> take(int max, long now, long due, Predicate<Message> poison, List<Message> dead) {
    List<Message> taken = visible.take(max, poison, dead);
    for (Message message : taken) {
      if (message.receiveCount++ == 0) {
        message.firstReceived = now;
      }
      message.lastReceived = now;
      received.put(message.serial, message);
      hide(message, State.IN_FLIGHT, due);
    }
    dead.forEach(this::leave);
    return taken;
  }

  /** Takes visible messages out of the queue without receiving them. */
  List<Message> takeOut(int max) {
    List<Message> taken = visible.take(max, message -> false, new ArrayList<>(0));
    for (Message message : taken) {
      visible.landed(message);
      leave(message);
    }
    return taken;
  }

  /** Lets a message in flight be so until another time. */
  void prolong(Message message, long due) {
    message.due = due;
    hidden.add(message);
  }

  /** Makes a message in flight visible. */
  void release(Message message) {
    visible.landed(message);
    if (!fifo && message.receiveCount >= TO_THE_BACK_AFTER) {
      arrivals.remove(message);
      message.position = ++serials;
      append(message);
    }
    show(message);
  }

  /** Takes a message out, whatever its state is. */
  void remove(Message message) {
    State was = message.state;
    leave(message);
    if (was == State.IN_FLIGHT) {
      visible.landed(message);
    } else if (was == State.VISIBLE) {
      visible.remove(message);
    }
  }

  /** Lets time pass: shows what is due, and drops what was sent too long ago. */
  void advance(long now, long retentionMillis) {
    Message old = arrivals.first();
    while (old != null && old.sent + retentionMillis <= now) {
      remove(old);
      old = arrivals.first();
    }
    Message stray = strays.poll(now - retentionMillis);
    while (stray != null) {
      remove(stray);
      stray = strays.poll(now - retentionMillis);
    }
    Message due = hidden.poll(now);
    while (due != null) {
      if (due.state == State.IN_FLIGHT) {
        release(due);
      } else {
        show(due);
      }
      due = hidden.poll(now);
    }
  }

  /** Gives all delayed messages a delay counted from when they came. */
  void delayAll(long delayMillis) {
    List<Message> delayed = new ArrayList<>();
    for (Message each = arrivals.first(); each != null; each = each.after) {
      if (each.state == State.DELAYED) {
        delayed.add(each);
      }
    }
    delayed.forEach(message -> prolong(message, message.arrived + delayMillis));
  }

  void clear() {
    for (Message each = arrivals.first(); each != null; each = arrivals.first()) {
      remove(each);
    }
    hidden.clear();
    strays.clear();
  }

  private int all() {
    return count(State.VISIBLE) + hiddenCount();
  }

  private int hiddenCount() {
    return count(State.DELAYED) + count(State.IN_FLIGHT);
  }

  private static boolean isHidden(Message message) {
    return message.state == State.DELAYED || message.state == State.IN_FLIGHT;
  }

  private void append(Message message) {
    arrivals.append(message);
    if (message.sent < newest) {
      strays.add(message);
    }
    newest = Math.max(newest, message.sent);
  }

  private void show(Message message) {
    enter(message, State.VISIBLE);
    visible.add(message);
  }

  private void hide(Message message, State state, long due) {
    enter(message, state);
    prolong(message, due);
  }

  private void leave(Message message) {
    enter(message, State.GONE);
    arrivals.remove(message);
    received.remove(message.serial);
  }

  private void enter(Message message, State state) {
    counts[message.state.ordinal()]--;
    counts[state.ordinal()]++;
    message.state = state;
  }
}
