package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /** A wait between attempts. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  private final String queueArn;
  private final MessageQueues queues;
  private final BatchTarget target;
  private final Pause pause;

  BatchRun(String queueArn, MessageQueues queues, BatchTarget target, Pause pause) {
    this.queueArn = queueArn;
    this.queues = queues;
    this.target = target;
    this.pause = pause;
  }

  /**
   * Runs the function until it was not throttled, at most as long as the messages are invisible.
   *
   * @param received when the messages were received, by {@link System#nanoTime()}
   */
  void run(SqsEvent event, boolean partial, long received) throws InterruptedException {
    InvocationResult result = invoke(event, received);
    if (result == null || result.failed()) {
      return;
    }
    List<Message> done =
        partial ? BatchAnswer.succeeded(event.messages(), result.payload()) : event.messages();
    if (!done.isEmpty()) {
      List<String> handles = done.stream().map(Message::receiptHandle).toList();
      queues.delete(queueArn, handles, target.reader());
    }
  }

  private @Nullable InvocationResult invoke(SqsEvent event, long received)
      throws InterruptedException {
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return target.invoke(event.json());
      } catch (AwsError e) {
        if (e.status() != THROTTLED || !invisibleAfter(received, wait)) {
          LOG.log(Level.DEBUG, () -> "messages of " + queueArn + " go back: " + e.getMessage());
          return null;
        }
      }
      pause.pause(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  /** Whether the messages are still ours when we have waited. */
  private boolean invisibleAfter(long received, Duration wait) {
    String timeout =
        queues.attributes(queueArn).getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    Duration since = Duration.ofNanos(System.nanoTime() - received);
    return since.plus(wait).compareTo(Duration.ofSeconds(Long.parseLong(timeout))) < 0;
  }
}
