package io.pipelab.local.lambda.polling;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.MessageQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue whose messages are received once. */
final class MemoryQueue implements MessageQueues {
  static final String ARN = "arn:aws:sqs:us-east-1:000000000000:memory";

  private final BlockingQueue<Message> visible = new LinkedBlockingQueue<>();
  private final Semaphore deleted = new Semaphore(0);
  private final AtomicInteger receives = new AtomicInteger();
  private final AtomicReference<@Nullable Error> broken = new AtomicReference<>();
  private final Semaphore failed = new Semaphore(0);

  void send(String... ids) {
    for (String id : ids) {
      visible.add(Message.builder().messageId(id).receiptHandle(id).body(id).md5OfBody("").build());
    }
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

  void awaitDeleted(int messages) throws InterruptedException {
    if (!deleted.tryAcquire(messages, 60, TimeUnit.SECONDS)) {
      throw new AssertionError("not deleted: " + messages);
    }
  }

  @Override
  public List<Message> receive(
      String queueArn, int max, int waitSeconds, BooleanSupplier goOn, Caller caller) {
    Error error = broken.getAndSet(null);
    if (error != null) {
      failed.release();
      throw error;
    }
    try {
      Message first = visible.poll(100, TimeUnit.MILLISECONDS);
      List<Message> batch = new ArrayList<>();
      if (first != null) {
        receives.incrementAndGet();
        batch.add(first);
        visible.drainTo(batch, max - 1);
      }
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public List<Message> receive(String queueArn, int max, int waitSeconds, Caller caller) {
    return receive(queueArn, max, waitSeconds, () -> true, caller);
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
