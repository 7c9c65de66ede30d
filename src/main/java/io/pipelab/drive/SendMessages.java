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
import software.amazon.awssdk.core.exception.SdkException;
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
   */
  public record Load(
      String queueUrl, String runId, long count, LongFunction<String> bodies, double perSecond) {}

  private final SqsClient sqs;
  private final Clock clock;
  private final Retries retries;

  public SendMessages(SqsClient sqs, Clock clock) {
    this(sqs, clock, new Retries());
  }

  SendMessages(SqsClient sqs, Clock clock, Retries retries) {
    this.sqs = sqs;
    this.clock = clock;
    this.retries = retries;
  }

  /**
   * Sends the load and returns when every message's fate is known. An interrupt ends it early: what
   * was not tried is counted as unsent, and the thread's interrupt flag is set.
   *
   * @param progress told, now and then, how many messages are done
   * @throws SdkException when the queue refuses every call, for example because it does not exist
   */
  public LoadResult send(Load load, LongConsumer progress) {
    long start = System.nanoTime();
    Totals totals = new Totals();
    Batches batches = new Batches(load.runId(), load.count(), load.bodies());
    Pace pace = new Pace(load.perSecond(), start);
    Runnable lane =
        () -> {
          BatchSender sender = new BatchSender(sqs, clock, retries, load.queueUrl(), totals);
          List<Outgoing> batch = batches.next();
          while (!batch.isEmpty() && waited(pace, batch.size())) {
            sender.send(batch);
            progress.accept(totals.done());
            batch = Thread.currentThread().isInterrupted() ? List.of() : batches.next();
          }
        };
    run(lane, lanes(load));
    return totals.result(load.runId(), load.count(), Duration.ofNanos(System.nanoTime() - start));
  }

  private static int lanes(Load load) {
    long batches = (load.count() + Batches.MOST_ENTRIES - 1) / Batches.MOST_ENTRIES;
    return (int) Math.min(CONCURRENCY, batches);
  }

  private static boolean waited(Pace pace, int messages) {
    try {
      Duration pause = pace.reserve(messages, System.nanoTime());
      if (!pause.isZero()) {
        Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Runnable lane, int lanes) {
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
      await(running, pool);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Waits for all lanes; the first refusal of all calls ends the others. */
  private static void await(List<Future<?>> running, ExecutorService pool) {
    boolean interrupted = false;
    for (Future<?> each : running) {
      boolean done = false;
      while (!done) {
        try {
          each.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
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
