package io.pipelab.local.sqs.engine;

import io.pipelab.local.sqs.engine.Message.State;
import io.pipelab.local.sqs.engine.QueueRefusal.Reason;
import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One queue's messages: send, receive with or without waiting, delete, change visibility. One lock
 * a queue, never held while another queue or a caller is touched.
 */
public final class MessageQueue {
  /**
   * SQS Developer Guide, "Visibility timeout": from the receive on, however often it is changed.
   */
  private static final Duration MOST_INVISIBLE = Duration.ofHours(12);

  private final String arn;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final Function<String, @Nullable MessageQueue> queues;
  private final long key = ThreadLocalRandom.current().nextLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Messages messages;
  private final Deduplication deduplication = new Deduplication();
  private final ReceiveAttempts attempts = new ReceiveAttempts();
  private final Set<Waiter<?>> waiters = new LinkedHashSet<>();
  private final WakeUp wakeUp;
  private QueueSettings settings;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param queues finds a queue by its ARN: where dead letters go
   */
  public MessageQueue(
      String arn,
      QueueSettings settings,
      InstantSource clock,
      Scheduler scheduler,
      Function<String, @Nullable MessageQueue> queues) {
    this.arn = arn;
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    this.queues = queues;
    this.messages = new Messages(settings.fifo());
    this.wakeUp = new WakeUp(scheduler, this::look);
  }

  /** Changes how the queue treats its messages. */
  public void apply(QueueSettings changed) {
    locked(
        (now, effects) -> {
          // A FIFO queue's delay counts for what is in it already; a standard queue's does not.
          if (changed.fifo() && changed.delay() != settings.delay()) {
            messages.delayAll(millis(changed.delay()));
          }
          settings = changed;
          messages.advance(now, millis(changed.retention()));
          return true;
        });
  }

  /**
   * Adds messages, in their order.
   *
   * @throws QueueRefusal QUEUE_GONE
   */
  public List<SentMessage> send(List<NewMessage> batch) {
    return locked(
        (now, effects) -> {
          List<SentMessage> sent = new ArrayList<>(batch.size());
          for (NewMessage message : batch) {
            sent.add(add(message, now));
          }
          return sent;
        });
  }

  /**
   * Receives, at once or when messages come. To cancel the future is to wait no more: messages that
   * were on their way then are visible again, as if nobody had received them.
   *
   * @throws QueueRefusal OVER_LIMIT, QUEUE_GONE; the future fails with QUEUE_GONE when the queue
   *     goes meanwhile
   */
  public <T> CompletableFuture<T> receive(ReceiveOrder order, Receiver<T> receiver) {
    Waiter<T> waiter = new Waiter<>(order, receiver);
    List<ReceivedMessage> got =
        locked(
            (now, effects) -> {
              List<ReceivedMessage> taken = repeated(order, now);
              if (taken.isEmpty()) {
                taken = take(order, now, effects);
              }
              if (taken.isEmpty() && !order.waitTime().isZero()) {
                waiters.add(waiter);
                waiter.timeout = scheduler.after(order.waitTime(), () -> giveUp(waiter));
              } else if (taken.isEmpty() && full() && !settings.fifo()) {
                throw new QueueRefusal(Reason.OVER_LIMIT);
              }
              return taken;
            });
    if (!got.isEmpty() || order.waitTime().isZero()) {
      return CompletableFuture.completedFuture(receiver.received(got));
    }
    waiter.answer.whenComplete((answer, failure) -> forget(waiter));
    return waiter.answer;
  }

  /**
   * Deletes the message of a receipt handle. It succeeds when the message is gone already, and when
   * the handle is not the newest of its message, which then stays (SQS API Reference,
   * DeleteMessage). A FIFO queue refuses such a handle (recorded against AWS in LocalStack's
   * test_fifo_delete_message_with_expired_receipt_handle).
   *
   * @throws QueueRefusal HANDLE_INVALID; HANDLE_EXPIRED from a FIFO queue for a handle that is no
   *     longer good
   */
  public void delete(String receiptHandle) {
    locked(
        (now, effects) -> {
          ReceiptHandle handle = handle(receiptHandle);
          Message message = messages.received(handle.serial());
          if (message == null) {
            return true;
          }
          boolean newest = message.receiveCount == handle.receive();
          if (settings.fifo() && (!newest || message.state != State.IN_FLIGHT)) {
            throw new QueueRefusal(Reason.HANDLE_EXPIRED);
          }
          if (newest) {
            messages.remove(message);
          }
          return true;
        });
  }

  /**
   * Changes for how long from now a message stays invisible; any handle of it will do. A standard
   * queue's message that is visible again stays so, without an error, as AWS answers (recorded in
   * LocalStack's test_change_message_visibility_after_visibility_timeout_expiration).
   *
   * @param seconds 0 makes it visible
   * @throws QueueRefusal HANDLE_INVALID, MESSAGE_GONE, INVISIBLE_TOO_LONG; from a FIFO queue also
   *     NOT_IN_FLIGHT
   */
  public void changeVisibility(String receiptHandle, int seconds) {
    locked(
        (now, effects) -> {
          Message message = messages.received(handle(receiptHandle).serial());
          if (message == null) {
            throw new QueueRefusal(Reason.MESSAGE_GONE);
          }
          if (message.state != State.IN_FLIGHT) {
            if (settings.fifo()) {
              throw new QueueRefusal(Reason.NOT_IN_FLIGHT);
            }
            return true;
          }
          if (now + millis(seconds) - message.lastReceived > MOST_INVISIBLE.toMillis()) {
            throw new QueueRefusal(Reason.INVISIBLE_TOO_LONG);
          }
          if (seconds == 0) {
            messages.release(message);
          } else {
            messages.prolong(message, now + millis(seconds));
          }
          return true;
        });
  }

  /** Drops all messages. */
  public void purge() {
    locked(
        (now, effects) -> {
          messages.clear();
          return true;
        });
  }

  /** How many messages there are; takes no longer when there are many. */
  public QueueDepth depth() {
    return locked(
        (now, effects) -> {
          Message oldest = messages.oldest();
          return new QueueDepth(
              messages.count(State.VISIBLE),
              messages.count(State.IN_FLIGHT),
              messages.count(State.DELAYED),
              oldest == null ? 0 : Math.max(0, now - oldest.arrived) / 1000);
        });
  }

  /** Ends the queue: its messages are gone, and whoever waits is told. */
  public void close() {
    locked(
        (now, effects) -> {
          closed = true;
          messages.clear();
          for (Waiter<?> waiter : List.copyOf(waiters)) {
            effects.add(() -> waiter.refuse(new QueueRefusal(Reason.QUEUE_GONE)));
          }
          waiters.clear();
          return true;
        });
  }

  /** Takes visible messages out, for another queue. */
  List<Origin> takeOut(int max) {
    return locked(
        (now, effects) -> {
          List<Message> taken = messages.takeOut(max);
          return taken.stream().map(message -> message.leaving(message.deadLetterSource)).toList();
        });
  }

  /** Takes messages from another queue in; false when this queue is gone. */
  boolean takeIn(List<Origin> origins) {
    return unlessGone(
        (now, effects) -> {
          for (Origin origin : origins) {
            messages.add(settings.fifo() ? origin.sentAt(now) : origin, now, 0);
          }
          return true;
        });
  }

  private SentMessage add(NewMessage message, long now) {
    String id = message.deduplicationId();
    if (!settings.fifo()) {
      Origin origin = Origin.of(message, id, now);
      messages.add(origin, now, delay(message));
      return new SentMessage(origin.id().toString(), null, false);
    }
    if (id == null) {
      id = Digest.sha256(message.content().body());
    }
    String scope = settings.deduplicatesGroups() ? message.groupId() + "\n" + id : id;
    SentMessage before = deduplication.find(scope, now);
    if (before != null) {
      return before;
    }
    Message added = messages.add(Origin.of(message, id, now), now, delay(message));
    SentMessage sent = new SentMessage(added.id(), SequenceNumbers.of(added.serial), false);
    deduplication.add(scope, sent, now);
    return sent;
  }

  private long delay(NewMessage message) {
    Integer own = message.delaySeconds();
    return millis(own == null || settings.fifo() ? settings.delay() : own);
  }

  private boolean full() {
    return messages.count(State.IN_FLIGHT) >= QueueLimits.inFlight(settings.fifo());
  }

  private List<ReceivedMessage> take(ReceiveOrder order, long now, Effects effects) {
    int room = QueueLimits.inFlight(settings.fifo()) - messages.count(State.IN_FLIGHT);
    if (room <= 0) {
      return List.of();
    }
    long due = due(order, now);
    Redrive redrive = settings.redrive();
    MessageQueue target = redrive == null ? null : queues.apply(redrive.target());
    List<Message> dead = new ArrayList<>(0);
    List<Message> taken =
        messages.take(
            Math.min(room, order.max()),
            now,
            due,
            message ->
                redrive != null && target != null && message.receiveCount >= redrive.maxReceives(),
            dead);
    if (target != null && !dead.isEmpty()) {
      bury(dead, target, effects);
    }
    List<ReceivedMessage> received = new ArrayList<>(taken.size());
    taken.forEach(message -> received.add(received(message)));
    String attempt = order.attemptId();
    if (attempt != null && !taken.isEmpty()) {
      attempts.add(attempt, taken, due, now);
    }
    if (due <= now) {
      taken.forEach(messages::release);
    }
    return received;
  }

  private void bury(List<Message> dead, MessageQueue target, Effects effects) {
    List<Origin> leaving = dead.stream().map(message -> message.leaving(arn)).toList();
    effects.add(
        () -> {
          if (!target.takeIn(leaving)) {
            // The dead-letter queue has just been deleted: the letters stay where they were.
            takeIn(leaving);
          }
        });
  }

  private List<ReceivedMessage> repeated(ReceiveOrder order, long now) {
    String attempt = order.attemptId();
    if (attempt == null) {
      return List.of();
    }
    List<Message> before = attempts.find(attempt, now);
    long due = due(order, now);
    before.forEach(message -> messages.prolong(message, due));
    if (!before.isEmpty()) {
      attempts.add(attempt, before, due, now);
    }
    return before.stream().map(this::received).toList();
  }

  private long due(ReceiveOrder order, long now) {
    Integer own = order.visibilitySeconds();
    return now + millis(own == null ? settings.visibilityTimeout() : own);
  }

  private ReceivedMessage received(Message message) {
    return new ReceivedMessage(
        message.id(),
        new ReceiptHandle(key, message.serial, message.receiveCount).text(),
        message.content,
        message.sent,
        message.firstReceived,
        message.receiveCount,
        message.groupId,
        message.deduplicationId,
        settings.fifo() ? SequenceNumbers.of(message.serial) : null,
        message.deadLetterSource);
  }

  private ReceiptHandle handle(String text) {
    ReceiptHandle handle = ReceiptHandle.parse(text);
    if (handle == null || handle.queue() != key) {
      throw new QueueRefusal(Reason.HANDLE_INVALID);
    }
    return handle;
  }

  /** Gives those who wait what there is, the longest waiting first. */
  private void serve(long now, Effects effects) {
    while (!waiters.isEmpty()) {
      Waiter<?> waiter = waiters.iterator().next();
      if (!waiter.answer.isDone()) {
        List<ReceivedMessage> taken = take(waiter.order, now, effects);
        if (taken.isEmpty()) {
          break;
        }
        effects.add(() -> scheduler.soon(() -> deliver(waiter, taken)));
      }
      waiters.remove(waiter);
    }
    wakeUp.at(waiters.isEmpty() ? Long.MAX_VALUE : messages.nextDue(), now);
  }

  private void deliver(Waiter<?> waiter, List<ReceivedMessage> taken) {
    if (!waiter.answer(taken)) {
      giveBack(taken);
    }
  }

  /** Undoes a receive that nobody learnt of. */
  private void giveBack(List<ReceivedMessage> taken) {
    unlessGone(
        (now, effects) -> {
          for (ReceivedMessage each : taken) {
            ReceiptHandle handle = handle(each.receiptHandle());
            Message message = messages.received(handle.serial());
            if (message != null && message.receiveCount == handle.receive()) {
              message.receiveCount--;
              if (message.state == State.IN_FLIGHT) {
                messages.release(message);
              }
            }
          }
          return true;
        });
  }

  private void giveUp(Waiter<?> waiter) {
    unlessGone(
        (now, effects) -> {
          serve(now, effects);
          if (waiters.remove(waiter)) {
            effects.add(() -> waiter.answer(List.of()));
          }
          return true;
        });
  }

  private void look() {
    unlessGone(
        (now, effects) -> {
          wakeUp.fired();
          return true;
        });
  }

  private void forget(Waiter<?> waiter) {
    Scheduler.Cancellable timeout = waiter.timeout;
    if (timeout != null) {
      timeout.cancel();
    }
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
  }

  /** What is done under the lock, at a time, with effects for after it. */
  @FunctionalInterface
  private interface Step<T> {
    T at(long now, Effects effects);
  }

  private <T> T locked(Step<T> step) {
    Effects effects = new Effects();
    T result;
    lock.lock();
    try {
      if (closed) {
        throw new QueueRefusal(Reason.QUEUE_GONE);
      }
      long now = clock.millis();
      messages.advance(now, millis(settings.retention()));
      result = step.at(now, effects);
      serve(now, effects);
    } finally {
      lock.unlock();
    }
    effects.run();
    return result;
  }

  /** What is left to do for a queue that may have been deleted meanwhile; false when it was. */
  private boolean unlessGone(Step<Boolean> step) {
    try {
      return locked(step);
    } catch (QueueRefusal gone) {
      return false;
    }
  }

  private static long millis(int seconds) {
    return Duration.ofSeconds(seconds).toMillis();
  }
}
