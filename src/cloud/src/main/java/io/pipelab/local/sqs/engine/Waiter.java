package io.pipelab.local.sqs.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for messages; whoever cancels the answer waits no more. */
final class Waiter<T> {
  final ReceiveOrder order;
  final CompletableFuture<T> answer = new CompletableFuture<>();
  private final Receiver<T> receiver;
  Scheduler.@Nullable Cancellable timeout;

  Waiter(ReceiveOrder order, Receiver<T> receiver) {
    this.order = order;
    this.receiver = receiver;
  }

  /** Answers; false when nobody waits any more, so that the messages have to go back. */
  boolean answer(List<ReceivedMessage> messages) {
    Scheduler.Cancellable pending = timeout;
    if (pending != null) {
      pending.cancel();
    }
    try {
      return answer.complete(receiver.received(messages));
    } catch (RuntimeException failure) {
      answer.completeExceptionally(failure);
      return false;
    }
  }

  /** Answers that there is nothing to wait for any more. */
  void refuse(QueueRefusal refusal) {
    answer.completeExceptionally(receiver.refused(refusal));
  }
}
