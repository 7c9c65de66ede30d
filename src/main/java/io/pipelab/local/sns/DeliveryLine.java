package io.pipelab.local.sns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription's deliveries: the next starts when the one before calls its {@code done}. */
final class DeliveryLine {
  private final Deque<Consumer<Runnable>> waiting = new ArrayDeque<>();
  private final Executor executor;
  private boolean busy;

  DeliveryLine(Executor executor) {
    this.executor = executor;
  }

  void add(Consumer<Runnable> delivery) {
    synchronized (this) {
      waiting.add(delivery);
      if (busy) {
        return;
      }
      busy = true;
    }
    next();
  }

  private void next() {
    Consumer<Runnable> delivery = take();
    if (delivery != null) {
      executor.execute(() -> delivery.accept(this::next));
    }
  }

  private synchronized @Nullable Consumer<Runnable> take() {
    Consumer<Runnable> delivery = waiting.poll();
    busy = delivery != null;
    return delivery;
  }
}
