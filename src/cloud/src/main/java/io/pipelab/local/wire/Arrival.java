package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body as it arrives and holds no thread in between. What is refused is read to
 * its end nevertheless, and dropped: who still sends does not hear an answer, and a connection with
 * a rest in it cannot be used again.
 */
final class Arrival implements Runnable {
  private static final long MOST_DROPPED = 16 << 20;

  private final Request request;
  private final Body body;
  private final Duration patience;
  private final Executor server;
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private long since = System.nanoTime();
  private Scheduler.@Nullable Task timer;
  private @Nullable Exception refusal;
  private long dropped;
  private boolean over;
  private volatile boolean whole;
  private volatile boolean late;

  Arrival(Request request, Body body, Duration patience, Executor server) {
    this.request = request;
    this.body = body;
    this.patience = patience;
    this.server = server;
  }

  /** Whether the time was over before the body was there: Jetty still waits for the rest. */
  boolean late() {
    return late;
  }

  /** Completes when the body is there, with the error when it is refused. */
  CompletableFuture<Void> start() {
    run();
    schedule(patience);
    return arrived;
  }

  /** Whether it was read to its end, and the connection can be used again. */
  boolean whole() {
    return whole;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        end(new EofException(chunk.getFailure()));
        return;
      }
      boolean last = take(chunk);
      if (last) {
        end(refusal);
        return;
      }
    }
  }

  /** Whether nothing more is to be read. */
  private synchronized boolean take(Content.Chunk chunk) {
    try {
      if (over) {
        return true;
      }
      since = System.nanoTime();
      keep(chunk);
      whole = chunk.isLast();
      boolean cut = dropped > MOST_DROPPED && !(refusal instanceof IOException);
      return whole || cut;
    } finally {
      chunk.release();
    }
  }

  private void keep(Content.Chunk chunk) {
    if (refusal == null) {
      try {
        body.add(chunk.getByteBuffer());
      } catch (IOException | RuntimeException e) {
        refusal = e;
        body.close();
      }
    } else {
      dropped += chunk.remaining();
    }
  }

  private void end(@Nullable Exception failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      if (timer != null) {
        timer.cancel();
      }
    }
    if (failure == null) {
      arrived.complete(null);
    } else {
      arrived.completeExceptionally(failure);
    }
  }

  private synchronized void schedule(Duration delay) {
    if (!over) {
      Scheduler clock = request.getComponents().getScheduler();
      timer = clock.schedule(this::lookAtTheClock, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void lookAtTheClock() {
    Duration left = patience.minusNanos(System.nanoTime() - since);
    if (body.inPieces() && !left.isNegative()) {
      schedule(left.plusMillis(1));
    } else {
      server.execute(this::giveUp);
    }
  }

  private void giveUp() {
    late = true;
    end(timeout());
  }

  private static AwsError timeout() {
    return AwsError.of(
        "RequestTimeout",
        408,
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period. Idle connections will be closed.");
  }
}
