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

  private static final System.Logger LOG = System.getLogger(DeliveryLines.class.getName());

  /** By subscription; a subscription without a delivery has none. */
  private final Map<String, Deque<Delivery>> lines = new HashMap<>();

  private final ScheduledExecutorService executor;

  DeliveryLines(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  void add(String subscription, Delivery delivery) {
    synchronized (this) {
      Deque<Delivery> line = lines.get(subscription);
      if (line != null) {
        line.add(delivery);
        return;
      }
      lines.put(subscription, new ArrayDeque<>());
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
    Deque<Delivery> line = lines.get(subscription);
    Delivery next = line == null ? null : line.poll();
    if (next == null) {
      lines.remove(subscription);
    }
    return next;
  }
}
