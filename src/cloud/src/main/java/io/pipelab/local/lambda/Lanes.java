package io.pipelab.local.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how much goes on at a time: what is more waits in line. Each piece of work takes a lane
 * until its stage completes, and no thread.
 */
final class Lanes implements AutoCloseable {
  private final int most;
  private final Executor steps;
  private final Deque<Supplier<CompletionStage<Void>>> line = new ArrayDeque<>();
  private int taken;
  private boolean closed;

  /**
   * @param most how many pieces of work go on at a time
   * @param steps where each begins
   */
  Lanes(int most, Executor steps) {
    this.most = most;
    this.steps = steps;
  }

  /** Begins a piece of work, now or when it is its turn; what it fails with is its own matter. */
  void submit(Supplier<CompletionStage<Void>> work) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (taken == most) {
        line.add(work);
        return;
      }
      taken++;
    }
    begin(work);
  }

  private void begin(Supplier<CompletionStage<Void>> work) {
    CompletableFuture.runAsync(() -> {}, steps)
        .thenCompose(nothing -> work.get())
        .whenComplete((result, failure) -> next());
  }

  private void next() {
    Supplier<CompletionStage<Void>> work = turn();
    if (work != null) {
      begin(work);
    }
  }

  private synchronized @Nullable Supplier<CompletionStage<Void>> turn() {
    if (line.isEmpty()) {
      taken--;
    }
    return line.poll();
  }

  /** Begins nothing more. */
  @Override
  public synchronized void close() {
    closed = true;
    line.clear();
  }
}
