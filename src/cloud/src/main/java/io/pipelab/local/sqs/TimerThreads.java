package io.pipelab.local.sqs;

import io.pipelab.local.sqs.engine.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that wake all queues and answer those who wait. */
final class TimerThreads implements Scheduler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TimerThreads.class.getName());
  private static final int THREADS = 2;

  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "sqs");
            thread.setDaemon(true);
            return thread;
          });

  TimerThreads() {
    // Nearly every wait ends before its time.
    threads.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    try {
      Future<?> pending = threads.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> pending.cancel(false);
    } catch (RejectedExecutionException stopping) {
      return () -> {};
    }
  }

  @Override
  public void soon(Runnable task) {
    after(Duration.ZERO, task);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a queue's timer failed", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
