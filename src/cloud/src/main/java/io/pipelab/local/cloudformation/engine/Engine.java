package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Runs stack operations: one thread an operation, and a bounded pool for resources. */
public final class Engine implements AutoCloseable {
  /** The work of one operation; interrupted when the cloud stops. */
  interface Work {
    void run(Cancellation cancellation) throws InterruptedException;
  }

  private static final int WORKERS = 32;
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final CloudIdentity identity;
  private final Catalog catalog;
  private final DynamicValues dynamicValues;
  private final Stacks stacks;
  private final Exports exports = new Exports();
  private final ExecutorService operations = Executors.newCachedThreadPool(threads("stack"));
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          threads("stack-resource"));

  /**
   * @param dynamicValues of the services that templates may refer to
   * @param listener hears of each event of every stack; it must not wait
   */
  public Engine(
      CloudIdentity identity,
      CloudClock clock,
      Catalog catalog,
      DynamicValues dynamicValues,
      Consumer<StackEvent> listener) {
    this.dynamicValues = dynamicValues;
    this.identity = identity;
    this.catalog = catalog;
    this.stacks = new Stacks(identity, clock, listener);
    workers.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  public CloudIdentity identity() {
    return identity;
  }

  public Catalog catalog() {
    return catalog;
  }

  DynamicValues dynamicValues() {
    return dynamicValues;
  }

  public Stacks stacks() {
    return stacks;
  }

  public Exports exports() {
    return exports;
  }

  ExecutorService workers() {
    return workers;
  }

  /**
   * Starts an operation on a stack that is in one of the allowed statuses.
   *
   * @param allowed statuses from which it may begin; an operation under way is cancelled first
   * @param wanted what the stack is asked to be, or null when that does not change
   */
  void start(
      LiveStack stack,
      Set<StackStatus> allowed,
      StackStatus first,
      @Nullable String reason,
      @Nullable Deployment wanted,
      Work work) {
    Cancellation cancellation = new Cancellation();
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> before;
    synchronized (stack) {
      before = stack.begin(allowed, first, cancellation, done);
      if (wanted != null) {
        stack.deploy(wanted, first == StackStatus.UPDATE_IN_PROGRESS);
      }
      stack.review(first, reason);
    }
    try {
      operations.execute(() -> perform(stack, cancellation, before, done, work));
    } catch (RejectedExecutionException e) {
      done.complete(null); // the cloud is stopping
    }
  }

  private static void perform(
      LiveStack stack,
      Cancellation cancellation,
      CompletableFuture<@Nullable Void> before,
      CompletableFuture<@Nullable Void> done,
      Work work) {
    try {
      before.join();
      work.run(cancellation);
    } catch (InterruptedException | RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "the cloud stopped during an operation on a stack");
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "an operation on stack " + stack.name(), e);
      stack.advance(cancellation, failed(stack.status()), "Internal Failure: " + e);
    } finally {
      done.complete(null);
    }
  }

  private static StackStatus failed(StackStatus during) {
    return switch (during) {
      case DELETE_IN_PROGRESS -> StackStatus.DELETE_FAILED;
      case ROLLBACK_IN_PROGRESS -> StackStatus.ROLLBACK_FAILED;
      case CREATE_IN_PROGRESS -> StackStatus.CREATE_FAILED;
      case UPDATE_IN_PROGRESS -> StackStatus.UPDATE_FAILED;
      // What only cleans up has the stack as it shall be, whatever else stays behind.
      case UPDATE_COMPLETE_CLEANUP_IN_PROGRESS -> StackStatus.UPDATE_COMPLETE;
      case UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS -> StackStatus.UPDATE_ROLLBACK_COMPLETE;
      case UPDATE_ROLLBACK_IN_PROGRESS -> StackStatus.UPDATE_ROLLBACK_FAILED;
      default -> during;
    };
  }

  /** Ends every operation where it stands. */
  @Override
  public void close() {
    operations.shutdownNow();
    try {
      // First, or an operation may learn of a resource that was interrupted before it sees that it
      // was interrupted itself: it would roll back.
      operations.awaitTermination(2, TimeUnit.SECONDS);
      workers.shutdownNow();
      workers.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
