package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.MessageQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/** One batch in the making: one receive, or with a window as many as make a batch in its time. */
final class Gathering {
  private static final int LONG_POLL_SECONDS = 20;
  private static final int MOST_AT_ONCE = 10;

  private final String queueArn;
  private final PollerSettings settings;
  private final MessageQueues queues;
  private final BatchTarget target;
  private final Executor steps;
  private final long end;
  private final List<Message> batch = new ArrayList<>();
  private final CompletableFuture<List<Message>> gathered = new CompletableFuture<>();
  private @Nullable CompletableFuture<List<Message>> receiving;
  private boolean stopped;

  Gathering(
      String queueArn,
      PollerSettings settings,
      MessageQueues queues,
      BatchTarget target,
      Executor steps) {
    this.queueArn = queueArn;
    this.settings = settings;
    this.queues = queues;
    this.target = target;
    this.steps = steps;
    this.end = System.nanoTime() + settings.window().toNanos();
  }

  /**
   * Begins to receive.
   *
   * @return the messages, none when none came or it was stopped before; fails with what a receive
   *     failed with
   */
  CompletableFuture<List<Message>> begin() {
    receive(LONG_POLL_SECONDS);
    return gathered;
  }

  /** Receives no more: what came until now is the batch. */
  void stop() {
    CompletableFuture<List<Message>> open;
    synchronized (this) {
      stopped = true;
      open = receiving;
    }
    if (open != null) {
      open.cancel(false);
    }
  }

  private void receive(int seconds) {
    CompletableFuture<List<Message>> open;
    synchronized (this) {
      if (stopped) {
        open = CompletableFuture.completedFuture(List.of());
      } else {
        open = opened(seconds);
        receiving = open;
      }
    }
    open.whenCompleteAsync(this::take, steps);
  }

  private CompletableFuture<List<Message>> opened(int seconds) {
    try {
      int most = Math.min(MOST_AT_ONCE, settings.batchSize() - batch.size());
      return queues.receive(queueArn, most, seconds, target.reader());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void take(@Nullable List<Message> messages, @Nullable Throwable failure) {
    if (failure != null && !(failure instanceof CancellationException)) {
      gathered.completeExceptionally(AsyncAction.cause(failure));
      return;
    }
    if (messages != null) {
      batch.addAll(messages);
    }
    long left = end - System.nanoTime();
    if (messages == null || batch.isEmpty() || batch.size() >= settings.batchSize() || left <= 0) {
      gathered.complete(batch);
    } else {
      int seconds = (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left));
      receive(Math.min(LONG_POLL_SECONDS, seconds));
    }
  }
}
