package io.pipelab.local.sqs.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** Time that passes by hand, with a scheduler on it that runs everything on the test's thread. */
final class HandTime implements InstantSource, Scheduler {
  private record Task(long at, long number, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));

  private final Deque<Runnable> soon = new ArrayDeque<>();
  private long now = 1_000_000_000_000L;
  private long numbers;

  /** Whether tasks for soon are kept until {@link #letGo()}. */
  boolean holding;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Task entry = new Task(now + delay.toMillis(), numbers++, task);
    tasks.add(entry);
    return () -> tasks.remove(entry);
  }

  @Override
  public void soon(Runnable task) {
    if (holding) {
      soon.add(task);
    } else {
      task.run();
    }
  }

  void letGo() {
    holding = false;
    while (!soon.isEmpty()) {
      soon.remove().run();
    }
  }

  void pass(int seconds) {
    passMillis(seconds * 1000L);
  }

  void passMillis(long millis) {
    long end = now + millis;
    while (!tasks.isEmpty() && tasks.element().at() <= end) {
      Task task = tasks.remove();
      now = Math.max(now, task.at());
      task.run().run();
    }
    now = end;
  }

  /** Runs the next timer so many milliseconds before its time. */
  void early(long millis) {
    Task task = tasks.remove();
    now = task.at() - millis;
    task.run().run();
  }

  /** How many timers are set. */
  int pending() {
    return tasks.size();
  }
}
