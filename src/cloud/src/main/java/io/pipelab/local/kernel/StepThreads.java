package io.pipelab.local.kernel;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for what goes on when a wait is over: steps that do not wait themselves, so that
 * few threads do for any number of waits.
 */
public final class StepThreads {
  private static final long IDLE_SECONDS = 20;

  private StepThreads() {}

  /**
   * Daemon threads that end when there is nothing to do: nobody has to close them, and what is
   * under way when a service closes comes to its end.
   *
   * @param most how many steps run at a time
   */
  public static Executor named(String name, int most) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
