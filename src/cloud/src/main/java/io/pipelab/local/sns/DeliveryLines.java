package io.pipelab.local.sns;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries in line, one line a subscription: the next starts when the one before is over, however
 * it ends. A line is there as long as something waits in it.
 */
final class DeliveryLines {
  /** One delivery, tried until it is over. */
  interface Delivery {
    /**
     * Tries once.
     *
     * @param number 1 for the first try
     * @return the pause until the next try, or empty when the delivery is over
     */
    Optional<Duration> attempt(int number);
  }

  /** What waits for one subscription. */
  private static final class Line {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
  }

  private record Waiting(Delivery delivery, int bytes) {}

  private static final System.Logger LOG = System.getLogger(DeliveryLines.class.getName());

  /** By subscription; a subscription without a delivery has none. */
  private final Map<String, Line> lines = new HashMap<>();

  private final ScheduledExecutorService executor;
  private final long mostBytes;

  /**
   * @param mostBytes what may wait in one line before it is full
   */
  DeliveryLines(ScheduledExecutorService executor, long mostBytes) {
    this.executor = executor;
    this.mostBytes = mostBytes;
  }

  /** Whether a subscription should get nothing more until some of its deliveries are over. */
  synchronized boolean full(String subscription) {
    Line line = lines.get(subscription);
    return line != null && line.bytes >= mostBytes;
  }

  /**
   * Puts a delivery into its line.
   *
   * @param bytes what it takes of the memory while it waits
   */
  void add(String subscription, int bytes, Delivery delivery) {
    synchronized (this) {
      Line line = lines.get(subscription);
      if (line != null) {
        line.waiting.add(new Waiting(delivery, bytes));
        line.bytes += bytes;
        return;
      }
      lines.put(subscription, new Line());
    }
    executor.execute(() -> run(subscription, delivery, 1));
  }

  /** How many subscriptions have something to deliver. */
  synchronized int size() {
    return lines.size();
  }

  private void run(String subscription, Delivery delivery, int number) {
    Optional<Duration> pause = Optional.empty();
    try {
      pause = delivery.attempt(number);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a delivery to " + subscription + " ended", e);
    } finally {
      proceed(subscription, delivery, number, pause);
    }
  }

  private void proceed(
      String subscription, Delivery delivery, int number, Optional<Duration> pause) {
    if (pause.isPresent()) {
      executor.schedule(
          () -> run(subscription, delivery, number + 1),
          pause.get().toMillis(),
          TimeUnit.MILLISECONDS);
      return;
    }
    Delivery next = next(subscription);
    if (next != null) {
      executor.execute(() -> run(subscription, next, 1));
    }
  }

  private synchronized @Nullable Delivery next(String subscription) {
    Line line = lines.get(subscription);
    Waiting next = line == null ? null : line.waiting.poll();
    if (line == null || next == null) {
      lines.remove(subscription);
      return null;
    }
    line.bytes -= next.bytes();
    return next.delivery();
  }
}
