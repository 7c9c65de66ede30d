package io.pipelab.local.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CloudClock} that only a test moves. Due tasks run on the thread that moves it, in the
 * order of their times, each at its own time.
 */
public final class ManualClock implements CloudClock {
  private final List<Scheduled> tasks = new ArrayList<>();
  private Instant now;

  /** Starts at 2026-11-21T03:00:00Z, a full hour. */
  public ManualClock() {
    this(Instant.parse("2026-11-21T03:00:00Z"));
  }

  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public int speed() {
    return 1;
  }

  @Override
  public synchronized ScheduledFuture<?> after(Duration cloudTime, Runnable task) {
    Scheduled scheduled = new Scheduled(now.plus(cloudTime), null, task);
    tasks.add(scheduled);
    return scheduled;
  }

  @Override
  public synchronized ScheduledFuture<?> every(Duration cloudTime, Runnable task) {
    Scheduled scheduled = new Scheduled(SpeedClock.nextMultiple(now, cloudTime), cloudTime, task);
    tasks.add(scheduled);
    return scheduled;
  }

  /** Moves the time on and runs what becomes due; what a task throws reaches the caller. */
  public void advance(Duration by) {
    advanceTo(now().plus(by));
  }

  /** Moves the time to a moment and runs what becomes due on the way. */
  public void advanceTo(Instant end) {
    for (Scheduled due = takeDue(end); due != null; due = takeDue(end)) {
      due.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /**
   * Moves the time on as if the machine had stood still meanwhile: a repeated task that became due
   * runs once, however often it would have run.
   */
  public void stall(Duration by) {
    Instant end = now().plus(by);
    List<Scheduled> due;
    synchronized (this) {
      now = end;
      due = tasks.stream().filter(task -> !task.at.isAfter(end)).toList();
      for (Scheduled task : due) {
        if (task.span == null) {
          tasks.remove(task);
        } else {
          task.at = SpeedClock.nextMultiple(end, task.span);
        }
      }
    }
    due.forEach(Scheduled::run);
  }

  /** How many tasks wait. */
  public synchronized int pending() {
    return tasks.size();
  }

  private synchronized @Nullable Scheduled takeDue(Instant end) {
    Scheduled first = tasks.stream().min(Comparator.comparing(task -> task.at)).orElse(null);
    if (first == null || first.at.isAfter(end)) {
      return null;
    }
    now = first.at.isAfter(now) ? first.at : now;
    if (first.span == null) {
      tasks.remove(first);
    } else {
      first.at = first.at.plus(first.span);
      // Behind the others of the same time, so that tasks run in turn.
      tasks.remove(first);
      tasks.add(first);
    }
    return first;
  }

  private final class Scheduled implements ScheduledFuture<Void> {
    private Instant at;
    private final @Nullable Duration span;
    private final Runnable task;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Scheduled(Instant at, @Nullable Duration span, Runnable task) {
      this.at = at;
      this.span = span;
      this.task = task;
    }

    void run() {
      task.run();
      if (span == null) {
        end.complete(null);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      synchronized (ManualClock.this) {
        tasks.remove(this);
      }
      return end.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
      return end.isCancelled();
    }

    @Override
    public boolean isDone() {
      return end.isDone();
    }

    @Override
    public Void get() throws InterruptedException, ExecutionException {
      return end.get();
    }

    @Override
    public Void get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return end.get(timeout, unit);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      synchronized (ManualClock.this) {
        return unit.convert(Duration.between(now, at));
      }
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
