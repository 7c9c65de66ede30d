package io.pipelab.local.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CloudClock} that starts at the wall clock's time and runs {@code speed} times as fast.
 * Tasks run on a few daemon threads; a task that throws is logged and does not end its schedule.
 */
public final class SpeedClock implements CloudClock, AutoCloseable {
  private static final int THREADS = 4;
  private static final System.Logger LOG = System.getLogger(SpeedClock.class.getName());

  private final int speed;
  private final Instant startedAt;
  private final long startedNanos;
  private final ScheduledThreadPoolExecutor executor;

  /**
   * Starts the clock.
   *
   * @param speed cloud seconds in one wall second, at least 1
   */
  public SpeedClock(int speed) {
    if (speed < 1) {
      throw new IllegalArgumentException("the clock's speed must be at least 1, not " + speed);
    }
    this.speed = speed;
    this.startedAt = Clock.systemUTC().instant();
    this.startedNanos = System.nanoTime();
    AtomicInteger number = new AtomicInteger();
    this.executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "cloud-clock-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    long elapsed = System.nanoTime() - startedNanos;
    // Seconds and nanoseconds apart: the product of all nanoseconds would overflow within months.
    return startedAt
        .plusSeconds(elapsed / 1_000_000_000L * speed)
        .plusNanos(elapsed % 1_000_000_000L * speed);
  }

  @Override
  public int speed() {
    return speed;
  }

  @Override
  public ScheduledFuture<?> after(Duration cloudTime, Runnable task) {
    return executor.schedule(logged(task), wallNanos(cloudTime), TimeUnit.NANOSECONDS);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Multiples are counted from the epoch, so one minute means each full minute. When a run takes
   * longer than the span, the multiples that passed meanwhile are left out.
   */
  @Override
  public ScheduledFuture<?> every(Duration cloudTime, Runnable task) {
    Repeating repeating = new Repeating(cloudTime, logged(task));
    repeating.next();
    return repeating;
  }

  /** Stops all tasks; later ones are rejected. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** The first multiple of a span, counted from the epoch, after a moment. */
  static Instant nextMultiple(Instant moment, Duration span) {
    long millis = span.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(moment.toEpochMilli(), millis) + 1) * millis);
  }

  /** Rounded up, so that no task runs before its cloud time. */
  private long wallNanos(Duration cloudTime) {
    return Math.max(0, cloudTime.toNanos() / speed + 1);
  }

  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        LOG.log(System.Logger.Level.ERROR, "a scheduled task of the cloud failed", failure);
      }
    };
  }

  /** A task that schedules itself again, because a fixed rate would drift from full multiples. */
  private final class Repeating implements ScheduledFuture<Void> {
    private final Duration span;
    private final Runnable task;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private @Nullable ScheduledFuture<?> pending;

    Repeating(Duration span, Runnable task) {
      if (span.toMillis() < 1) {
        throw new IllegalArgumentException("a span must be at least a millisecond, not " + span);
      }
      this.span = span;
      this.task = task;
    }

    synchronized void next() {
      if (end.isDone() || executor.isShutdown()) {
        return;
      }
      Instant now = now();
      long nanos = wallNanos(Duration.between(now, nextMultiple(now, span)));
      pending = executor.schedule(this::runOnce, nanos, TimeUnit.NANOSECONDS);
    }

    private void runOnce() {
      task.run();
      next();
    }

    @Override
    public synchronized boolean cancel(boolean mayInterruptIfRunning) {
      if (pending != null) {
        pending.cancel(mayInterruptIfRunning);
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
    public synchronized long getDelay(TimeUnit unit) {
      return pending == null ? 0 : pending.getDelay(unit);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
