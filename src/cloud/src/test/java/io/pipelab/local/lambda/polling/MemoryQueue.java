package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.MessageQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue whose messages are received once. */
final class MemoryQueue implements MessageQueues {
  static final String ARN = "arn:aws:sqs:us-east-1:000000000000:memory";

  /** A receive that waits; cancelled, it takes nothing. */
  private record Waiter(int max, CompletableFuture<List<Message>> answer) {}

  private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Message> visible = new LinkedBlockingQueue<>();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore deleted = new Semaphore(0);
  private final AtomicInteger receives = new AtomicInteger();
  private final AtomicReference<@Nullable Error> broken = new AtomicReference<>();
  private final Semaphore failed = new Semaphore(0);

  void send(String... ids) {
    for (String id : ids) {
      visible.add(Message.builder().messageId(id).receiptHandle(id).body(id).md5OfBody("").build());
    }
    deliver();
  }

  List<String> visible() {
    return visible.stream().map(Message::messageId).toList();
  }

  /** Lets the next receive fail. */
  void breakOnce(Error error) {
    broken.set(error);
  }

  void awaitFailure() throws InterruptedException {
    if (!failed.tryAcquire(60, TimeUnit.SECONDS)) {
      throw new AssertionError("no receive failed");
    }
  }

  /** How many receives gave messages. */
  int receives() {
    return receives.get();
  }

  /** Waits for one more receive to begin. */
  void awaitReceive() throws InterruptedException {
    if (!begun.tryAcquire(60, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing is received");
    }
  }

  void awaitDeleted(int messages) throws InterruptedException {
    if (!deleted.tryAcquire(messages, 60, TimeUnit.SECONDS)) {
      throw new AssertionError("not deleted: " + messages);
    }
  }

  @Override
  public CompletableFuture<List<Message>> receive(
      String queueArn, int max, int waitSeconds, Caller caller) {
    Error error = broken.getAndSet(null);
    if (error != null) {
      failed.release();
      throw error;
    }
    Waiter waiter = new Waiter(max, new CompletableFuture<>());
    waiting.add(waiter);
    begun.release();
    deliver();
    return waiter.answer();
  }

  /** Gives what is visible to those who wait. */
  private synchronized void deliver() {
    waiting.removeIf(each -> each.answer().isDone());
    while (!visible.isEmpty() && !waiting.isEmpty()) {
      Waiter first = waiting.remove();
      List<Message> batch = new ArrayList<>();
      visible.drainTo(batch, first.max());
      receives.incrementAndGet();
      if (!first.answer().complete(batch)) {
        receives.decrementAndGet();
        visible.addAll(batch);
      }
    }
  }

  @Override
  public void delete(String queueArn, List<String> receiptHandles, Caller caller) {
    deleted.release(receiptHandles.size());
  }

  @Override
  public Map<QueueAttributeName, String> attributes(String queueArn) {
    return Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
  }

  @Override
  public String send(
      String queueArn,
      String body,
      Map<String, MessageAttributeValue> attributes,
      Grouping grouping,
      Caller caller) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void changeVisibility(
      String queueArn, List<String> receiptHandles, int seconds, Caller caller) {
    throw new UnsupportedOperationException();
  }
}
