package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.MessageQueues;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads one queue for one function: receives when a batch may run, never to hold messages back, so
 * that a message's receive count is the number of times that the function saw it. No wait holds a
 * thread. Its timing is real time, as that of SQS is.
 */
public final class QueuePoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(QueuePoller.class.getName());
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
  private static final CompletableFuture<List<Message>> NOTHING =
      CompletableFuture.completedFuture(List.of());

  private final String queueArn;
  private final MessageQueues queues;
  private final BatchTarget target;
  private final BatchRun run;
  private final Executor steps;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private PollerSettings wanted;
  private @Nullable PollerSettings applied;
  private Runnable stop = () -> {};
  private int running;

  /** Whether it receives, or pauses after trouble. */
  private boolean turning;

  private boolean closed;
  private boolean ended;

  private QueuePoller(
      String queueArn,
      PollerSettings settings,
      MessageQueues queues,
      BatchTarget target,
      Executor steps) {
    this.queueArn = queueArn;
    this.wanted = settings;
    this.queues = queues;
    this.target = target;
    this.steps = steps;
    this.run = new BatchRun(queueArn, queues, target, steps);
  }

  /**
   * Starts reading.
   *
   * @param steps runs what goes on when a wait is over
   */
  public static QueuePoller start(
      String queueArn,
      PollerSettings settings,
      MessageQueues queues,
      BatchTarget target,
      Executor steps) {
    QueuePoller poller = new QueuePoller(queueArn, settings, queues, target, steps);
    steps.execute(poller::proceed);
    return poller;
  }

  /** Changes how the queue is read, from the next receive on; what runs is not touched. */
  public void apply(PollerSettings settings) {
    lock.lock();
    try {
      wanted = settings;
    } finally {
      lock.unlock();
    }
    interrupt();
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

  /** The function may be gone: what it is not there for is not received. */
  public void lookAgain() {
    if (!target.present()) {
      interrupt();
    }
  }

  /** Ends reading, at once or nearly so; batches that run are finished. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    interrupt();
  }

  /** Begins what may begin now; whatever changes that calls this again. */
  private void proceed() {
    PollerSettings settings = nextTurn();
    if (settings != null) {
      turn(settings);
    }
  }

  /** Counts a batch when one may run; null when there is nothing to do until something changes. */
  private @Nullable PollerSettings nextTurn() {
    lock.lock();
    try {
      if (turning || ended) {
        return null;
      }
      if (closed) {
        ended = true;
        changed.signalAll();
        return null;
      }
      if (!wanted.equals(applied)) {
        applied = wanted;
        changed.signalAll();
      }
      if (!wanted.enabled() || running >= wanted.concurrency()) {
        return null;
      }
      running++;
      turning = true;
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** Receives one batch and hands it over; whatever goes wrong, the next turn comes. */
  private void turn(PollerSettings settings) {
    Gathering gathering = new Gathering(queueArn, settings, queues, target, steps);
    stoppedBy(settings, gathering::stop);
    CompletableFuture.completedFuture(gathering)
        .thenCompose(each -> target.present() ? each.begin() : NOTHING)
        .whenCompleteAsync((batch, failure) -> gathered(settings, batch, failure), steps);
  }

  private void gathered(
      PollerSettings settings, @Nullable List<Message> batch, @Nullable Throwable failure) {
    if (failure != null) {
      // Above all: the queue was deleted, or is of another make now. Also an Error: a poller that
      // ended by it would leave a mapping that says Enabled and reads nothing.
      Throwable cause = AsyncAction.cause(failure);
      Level level = cause instanceof AwsError || !goOn(settings) ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "cannot read " + queueArn, cause);
    }
    if (batch == null || batch.isEmpty()) {
      leave();
    } else {
      runAndLeave(settings, batch, System.nanoTime());
    }
    if (batch == null || batch.isEmpty() && !target.present()) {
      pause(settings);
    } else {
      turned();
    }
  }

  /** Waits after trouble, until that need not go on. */
  private void pause(PollerSettings settings) {
    CompletableFuture<Void> waited = new CompletableFuture<>();
    stoppedBy(settings, () -> waited.complete(null));
    waited
        .completeOnTimeout(null, AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS)
        .thenRunAsync(this::turned, steps);
  }

  private void turned() {
    lock.lock();
    try {
      turning = false;
    } finally {
      lock.unlock();
    }
    proceed();
  }

  /** What ends the wait that begins now when other settings come, which may be now. */
  private void stoppedBy(PollerSettings settings, Runnable end) {
    lock.lock();
    try {
      stop = end;
    } finally {
      lock.unlock();
    }
    if (!goOn(settings)) {
      end.run();
    }
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
    CompletableFuture.completedFuture(batch)
        .thenCompose(messages -> run(settings, messages, received))
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                // Not deleted, they come again after the visibility timeout.
                LOG.log(
                    Level.WARNING,
                    "a batch of " + queueArn + " came to nothing",
                    AsyncAction.cause(failure));
              }
              leave();
              proceed();
            },
            steps);
  }

  /** One event after the other, when the batch is more than one event takes. */
  private CompletableFuture<Void> run(PollerSettings settings, List<Message> batch, long received) {
    CompletableFuture<Void> runs = CompletableFuture.completedFuture(null);
    for (SqsEvent event : SqsEvent.of(batch, queueArn)) {
      runs = runs.thenCompose(before -> run.run(event, settings.partial(), received));
    }
    return runs;
  }

  private void leave() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the wait of the moment, so that what was changed is looked at. */
  private void interrupt() {
    Runnable end;
    lock.lock();
    try {
      end = stop;
    } finally {
      lock.unlock();
    }
    end.run();
    steps.execute(this::proceed);
  }
}
