package io.pipelab.local.rds;

import io.pipelab.local.door.Relay;
import io.pipelab.local.rds.server.DatabaseServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * One database instance: what describing it shows, and the server behind it. What is done to the
 * server is done by one thread, one thing after the other.
 */
final class Instance {
  final DatabaseServer server;
  final int port;

  /** Of that one thread. */
  @Nullable Relay relay;

  /** The end of the server that is expected to run; of that one thread, too. */
  @Nullable CompletableFuture<?> watched;

  /** When the server ended unasked, by {@link System#nanoTime()}; of that one thread, too. */
  final Deque<Long> crashes = new ArrayDeque<>();

  @Nullable ScheduledFuture<?> automaticStart;

  private final ThreadPoolExecutor work;
  private DBInstance view;
  private CountDownLatch settled = new CountDownLatch(1);

  /**
   * An instance that is being created.
   *
   * @param port that its clients expect, and its security groups know
   */
  Instance(DBInstance view, DatabaseServer server, int port) {
    this.view = view;
    this.server = server;
    this.port = port;
    this.work =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "rds-" + view.dbInstanceIdentifier());
              thread.setDaemon(true);
              return thread;
            });
    work.allowCoreThreadTimeOut(true);
  }

  /** Does something to the server, behind what is being done. */
  void submit(Runnable task) {
    work.execute(task);
  }

  /** Ends the thread; what waits is not done. */
  void interrupt() {
    work.shutdownNow();
  }

  synchronized DBInstance view() {
    return view;
  }

  synchronized DBInstance change(Consumer<DBInstance.Builder> change) {
    DBInstance.Builder builder = view.toBuilder();
    change.accept(builder);
    view = builder.build();
    return view;
  }

  /** Goes to a state, and wakes up those who wait for a lasting one. */
  synchronized DBInstance enter(State state) {
    CountDownLatch waiting = settled;
    if (!state.passing()) {
      settled = new CountDownLatch(1);
    }
    DBInstance changed = change(builder -> builder.dbInstanceStatus(state.text()));
    if (!state.passing()) {
      waiting.countDown();
    }
    return changed;
  }

  State state() {
    return State.of(view().dbInstanceStatus());
  }

  /** Waits until it is in a lasting state. */
  State awaitSettled() throws InterruptedException {
    while (true) {
      CountDownLatch waiting;
      synchronized (this) {
        if (!state().passing()) {
          return state();
        }
        waiting = settled;
      }
      waiting.await();
    }
  }
}
