package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.MessageQueues;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads one queue for one function: receives when a batch may run, never to hold messages back, so
 * that a message's receive count is the number of times that the function saw it. Its timing is
 * real time, as that of SQS is.
 */
public final class QueuePoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(QueuePoller.class.getName());
  private static final int LONG_POLL_SECONDS = 20;
  private static final int MOST_AT_ONCE = 10;
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

  private final String queueArn;
  private final MessageQueues queues;
  private final BatchTarget target;
  private final BatchRun run;
  private final ExecutorService threads;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private PollerSettings wanted;
  private @Nullable PollerSettings applied;
  private int running;
  private boolean closed;
  private boolean ended;

  private QueuePoller(
      String queueArn,
      PollerSettings settings,
      MessageQueues queues,
      BatchTarget target,
      ExecutorService threads) {
    this.queueArn = queueArn;
    this.wanted = settings;
    this.queues = queues;
    this.target = target;
    this.threads = threads;
    this.run = new BatchRun(queueArn, queues, target, time -> pause(time, () -> true));
  }

  /**
   * Starts reading.
   *
   * @param threads runs the poller and its batches; without a bound
   */
  public static QueuePoller start(
      String queueArn,
      PollerSettings settings,
      MessageQueues queues,
      BatchTarget target,
      ExecutorService threads) {
    QueuePoller poller = new QueuePoller(queueArn, settings, queues, target, threads);
    threads.execute(poller::poll);
    return poller;
  }

  /** Changes how the queue is read, from the next receive on; what runs is not touched. */
  public void apply(PollerSettings settings) {
    lock.lock();
    try {
      wanted = settings;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last settings are in force. */
  public boolean settled() {
    lock.lock();
    try {
      return wanted.equals(applied);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it receives no more, after {@link #close()}. */
  public boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the last settings are in force, or until it has ended. */
  public void awaitSettled() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!wanted.equals(applied) && !ended) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it receives no more. */
  public void awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends reading, within a second or so; batches that run are finished. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void poll() {
    try {
      PollerSettings settings = nextTurn();
      while (settings != null) {
        turn(settings);
        settings = nextTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a batch may run, and counts it; null when there is nothing more to do. */
  private @Nullable PollerSettings nextTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        PollerSettings settings = wanted;
        if (!settings.equals(applied)) {
          applied = settings;
          changed.signalAll();
        }
        if (settings.enabled() && running < settings.concurrency()) {
          running++;
          return settings;
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Receives one batch and hands it over; whatever goes wrong, the next turn comes. */
  private void turn(PollerSettings settings) throws InterruptedException {
    boolean handedOver = false;
    boolean trouble = false;
    try {
      List<Message> batch = target.present() ? collect(settings) : List.of();
      trouble = batch.isEmpty() && !target.present();
      if (!batch.isEmpty()) {
        long received = System.nanoTime();
        threads.execute(() -> runAndLeave(settings, batch, received));
        handedOver = true;
      }
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the cloud is shutting down; {0} is read no more", queueArn);
    } catch (RuntimeException | Error e) {
      // Above all: the queue was deleted, or is of another make now. Also an Error: a poller that
      // ended by it would leave a mapping that says Enabled and reads nothing.
      Level level = e instanceof AwsError || !goOn(settings) ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "cannot read " + queueArn, e);
      trouble = true;
    } finally {
      if (!handedOver) {
        leave();
      }
    }
    if (trouble) {
      pause(AFTER_TROUBLE, () -> goOn(settings));
    }
  }

  /** One receive, or with a window as many as make a batch in its time. */
  private List<Message> collect(PollerSettings settings) {
    List<Message> batch = new ArrayList<>(receive(settings, LONG_POLL_SECONDS, 0));
    long end = System.nanoTime() + settings.window().toNanos();
    while (!batch.isEmpty() && batch.size() < settings.batchSize() && goOn(settings)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      int seconds = (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left));
      batch.addAll(receive(settings, seconds, batch.size()));
    }
    return batch;
  }

  private List<Message> receive(PollerSettings settings, int seconds, int have) {
    return queues.receive(
        queueArn,
        Math.min(MOST_AT_ONCE, settings.batchSize() - have),
        Math.min(LONG_POLL_SECONDS, seconds),
        () -> goOn(settings) && target.present(),
        target.reader());
  }

  private boolean goOn(PollerSettings settings) {
    lock.lock();
    try {
      return !closed && wanted.equals(settings);
    } finally {
      lock.unlock();
    }
  }

  private void runAndLeave(PollerSettings settings, List<Message> batch, long received) {
    try {
      for (SqsEvent event : SqsEvent.of(batch, queueArn)) {
        run.run(event, settings.partial(), received);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Not deleted, they come again after the visibility timeout.
      LOG.log(Level.WARNING, "a batch of " + queueArn + " came to nothing", e);
    } finally {
      leave();
    }
  }

  private void leave() {
    lock.lock();
    try {
      running--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for so long, or until it need not go on. */
  private void pause(Duration time, BooleanSupplier goOn) throws InterruptedException {
    long left = time.toNanos();
    lock.lockInterruptibly();
    try {
      while (left > 0 && goOn.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
