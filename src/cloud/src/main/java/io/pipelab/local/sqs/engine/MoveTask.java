package io.pipelab.local.sqs.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves the visible messages of a dead-letter queue to one queue, or each back to where it came
 * from; a moved message is a new one (SQS API Reference, StartMessageMoveTask).
 */
public final class MoveTask {
  /** How many are moved at once when no rate is given. */
  private static final int AT_ONCE = 100;

  private static final String NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue";

  /** Where a task stands. */
  public enum Status {
    RUNNING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  /**
   * What a task is to do.
   *
   * @param destination the ARN of the queue for all, or null for each message's own
   * @param perSecond at most so many messages a second, or null
   */
  public record Order(String source, @Nullable String destination, @Nullable Integer perSecond) {}

  private final UUID id = UUID.randomUUID();
  private final Order order;
  private final MessageQueue source;
  private final Function<String, @Nullable MessageQueue> queues;
  private final Scheduler scheduler;
  private final LongSupplier now;
  private final long started;
  private final int toMove;

  private volatile Status status = Status.RUNNING;
  private final AtomicLong moved = new AtomicLong();
  private volatile @Nullable String failure;

  private MoveTask(
      Order order,
      MessageQueue source,
      Function<String, @Nullable MessageQueue> queues,
      Scheduler scheduler,
      LongSupplier now) {
    this.order = order;
    this.source = source;
    this.queues = queues;
    this.scheduler = scheduler;
    this.now = now;
    this.started = now.getAsLong();
    this.toMove = source.depth().visible();
  }

  /**
   * Starts moving.
   *
   * @param now in epoch milliseconds
   */
  public static MoveTask start(
      Order order,
      MessageQueue source,
      Function<String, @Nullable MessageQueue> queues,
      Scheduler scheduler,
      LongSupplier now) {
    MoveTask task = new MoveTask(order, source, queues, scheduler, now);
    scheduler.soon(task::step);
    return task;
  }

  public UUID id() {
    return id;
  }

  public Order order() {
    return order;
  }

  /** In epoch milliseconds. */
  public long started() {
    return started;
  }

  public Status status() {
    return status;
  }

  /** How many messages there were to move when it began. */
  public int toMove() {
    return toMove;
  }

  public long moved() {
    return moved.get();
  }

  /** Why it failed, in AWS's words, or null. */
  public @Nullable String failure() {
    return failure;
  }

  /** Stops a running task and says whether it ran. */
  public synchronized boolean cancel() {
    boolean ran = status == Status.RUNNING;
    if (ran) {
      status = Status.CANCELLED;
    }
    return ran;
  }

  private synchronized void step() {
    if (status != Status.RUNNING) {
      return;
    }
    Integer rate = order.perSecond();
    status = moveSome(rate == null ? AT_ONCE : 1);
    if (status != Status.RUNNING) {
      return;
    }
    if (rate == null) {
      scheduler.soon(this::step);
    } else {
      scheduler.after(Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / rate), this::step);
    }
  }

  private Status moveSome(int atMost) {
    List<Origin> some;
    try {
      some = source.takeOut(atMost);
    } catch (QueueRefusal gone) {
      failure = NO_QUEUE;
      return Status.FAILED;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!move(some.get(i))) {
        source.takeIn(some.subList(i, some.size()));
        return Status.FAILED;
      }
    }
    return some.isEmpty() ? Status.COMPLETED : Status.RUNNING;
  }

  private boolean move(Origin message) {
    String destination =
        order.destination() == null ? message.deadLetterSource() : order.destination();
    if (destination == null) {
      failure = "CouldNotDetermineMessageSource";
      return false;
    }
    MessageQueue target = queues.apply(destination);
    if (target == null || !target.takeIn(List.of(message.renewed(now.getAsLong())))) {
      failure = NO_QUEUE;
      return false;
    }
    moved.incrementAndGet();
    return true;
  }
}
