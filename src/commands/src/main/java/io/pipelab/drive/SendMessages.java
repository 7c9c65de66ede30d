package io.pipelab.drive;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts exactly so many messages into a queue: batches of ten, a few at a time, failed entries tried
 * again, every message accounted for.
 */
public final class SendMessages {
  private static final int CONCURRENCY = 8;

  /**
   * A load.
   *
   * @param runId what the messages carry as {@code pipelab-run}
   * @param count how many messages, at least 1
   * @param bodies the body of each message, by its index from 0
   * @param perSecond messages a second at most; {@link Double#POSITIVE_INFINITY} for no limit
   * @param atMost after so long the rest is left unsent
   */
  public record Load(
      String queueUrl,
      String runId,
      long count,
      LongFunction<String> bodies,
      double perSecond,
      Duration atMost) {}

  private final SqsClient sqs;
  private final Clock clock;
  private final Retries retries;
  private final LongSupplier nanos;

  public SendMessages(SqsClient sqs, Clock clock) {
    this(sqs, clock, new Retries(), System::nanoTime);
  }

  /**
   * For tests.
   *
   * @param nanos the time by which a load is given up, as {@link System#nanoTime}
   */
  SendMessages(SqsClient sqs, Clock clock, Retries retries, LongSupplier nanos) {
    this.sqs = sqs;
    this.clock = clock;
    this.retries = retries;
    this.nanos = nanos;
  }

  /**
   * Sends the load and returns when every message's fate is known. It ends early when it is
   * interrupted (the thread's interrupt flag is set again), when its time is over, and when the
   * queue is gone: what was not tried by then is counted as unsent.
   *
   * @param progress told, now and then, how many messages are done
   * @throws AwsServiceException when the queue refuses the first calls for good, and so took
   *     nothing: it does not exist, the caller may not send
   */
  public LoadResult send(Load load, LongConsumer progress) {
    long start = System.nanoTime();
    Totals totals = new Totals();
    Batches batches = new Batches(load.runId(), load.count(), load.bodies());
    Pace pace = new Pace(load.perSecond(), start);
    Halt halt = new Halt(load.atMost(), nanos);
    Runnable lane =
        () -> {
          BatchSender sender = new BatchSender(sqs, clock, retries, load.queueUrl(), totals, halt);
          List<Outgoing> batch = batches.next();
          while (!batch.isEmpty() && waited(pace, batch.size(), halt)) {
            sender.send(batch);
            progress.accept(totals.done());
            batch = halt.reached() ? List.of() : batches.next();
          }
        };
    run(lane, lanes(load), halt);
    LoadResult result =
        totals.result(
            load.runId(),
            load.count(),
            halt.reason().orElse(null),
            Duration.ofNanos(System.nanoTime() - start));
    if (result.sent() + result.uncertain() == 0 && halt.refusal().isPresent()) {
      throw halt.refusal().get();
    }
    return result;
  }

  private static int lanes(Load load) {
    long batches = (load.count() + Batches.MOST_ENTRIES - 1) / Batches.MOST_ENTRIES;
    return (int) Math.min(CONCURRENCY, batches);
  }

  /** Waits for a batch's turn; false when its turn does not come any more. */
  private static boolean waited(Pace pace, int messages, Halt halt) {
    try {
      Duration pause = pace.reserve(messages, System.nanoTime());
      Duration left = halt.left();
      if (left.compareTo(pause) < 0) {
        pause = left;
      }
      if (!pause.isZero()) {
        Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
      }
      return !halt.reached();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Runnable lane, int lanes, Halt halt) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            lanes,
            task -> {
              Thread thread = new Thread(task, "send-messages");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < lanes; i++) {
        running.add(pool.submit(lane));
      }
      await(running, pool, halt);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Waits for all lanes, also when interrupted: then they end soon. */
  private static void await(List<Future<?>> running, ExecutorService pool, Halt halt) {
    boolean interrupted = false;
    for (Future<?> each : running) {
      boolean done = false;
      while (!done) {
        try {
          each.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
          halt.stop();
          pool.shutdownNow();
        } catch (ExecutionException e) {
          pool.shutdownNow();
          throw rethrown(e);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }
}
