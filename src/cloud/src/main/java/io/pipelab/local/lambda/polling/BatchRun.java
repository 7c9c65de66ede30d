package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Runs a function with messages and deletes those that are done with; the others become visible
 * again by themselves.
 */
final class BatchRun {
  private static final System.Logger LOG = System.getLogger(BatchRun.class.getName());
  private static final int THROTTLED = 429;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final String queueArn;
  private final MessageQueues queues;
  private final BatchTarget target;
  private final Executor steps;

  BatchRun(String queueArn, MessageQueues queues, BatchTarget target, Executor steps) {
    this.queueArn = queueArn;
    this.queues = queues;
    this.target = target;
    this.steps = steps;
  }

  /**
   * Runs the function until it was not throttled, at most as long as the messages are invisible.
   *
   * @param received when the messages were received, by {@link System#nanoTime()}
   * @return completes when the messages are done with, or were given up
   */
  CompletableFuture<Void> run(SqsEvent event, boolean partial, long received) {
    return invoke(event, received, FIRST_WAIT)
        .thenAccept(
            result ->
                result
                    .filter(each -> !each.failed())
                    .ifPresent(each -> done(event, partial, each)));
  }

  private void done(SqsEvent event, boolean partial, InvocationResult result) {
    List<Message> done =
        partial ? BatchAnswer.succeeded(event.messages(), result.payload()) : event.messages();
    if (!done.isEmpty()) {
      List<String> handles = done.stream().map(Message::receiptHandle).toList();
      queues.delete(queueArn, handles, target.reader());
    }
  }

  private CompletableFuture<Optional<InvocationResult>> invoke(
      SqsEvent event, long received, Duration wait) {
    return CompletableFuture.completedFuture(event.json())
        .thenCompose(target::invoke)
        .thenApply(Optional::of)
        .exceptionallyCompose(failure -> failed(event, received, wait, AsyncAction.cause(failure)));
  }

  /** Tries again when the function was throttled; else the messages go back to their queue. */
  private CompletableFuture<Optional<InvocationResult>> failed(
      SqsEvent event, long received, Duration wait, Throwable failure) {
    if (!(failure instanceof AwsError error)) {
      return CompletableFuture.failedFuture(failure);
    }
    if (error.status() != THROTTLED || !invisibleAfter(received, wait)) {
      LOG.log(Level.DEBUG, () -> "messages of " + queueArn + " go back: " + error.getMessage());
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Duration twice = wait.multipliedBy(2);
    Duration next = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    Executor later =
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, steps);
    return CompletableFuture.runAsync(() -> {}, later)
        .thenCompose(waited -> invoke(event, received, next));
  }

  /** Whether the messages are still ours when we have waited. */
  private boolean invisibleAfter(long received, Duration wait) {
    String timeout =
        queues.attributes(queueArn).getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    Duration since = Duration.ofNanos(System.nanoTime() - received);
    return since.plus(wait).compareTo(Duration.ofSeconds(Long.parseLong(timeout))) < 0;
  }
}
