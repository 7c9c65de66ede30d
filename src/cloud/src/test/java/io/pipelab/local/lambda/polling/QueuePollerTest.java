package io.pipelab.local.lambda.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.StepThreads;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poller on a queue in memory and a function that the test holds up. */
@Timeout(300)
final class QueuePollerTest {
  private final ExecutorService functions = Executors.newCachedThreadPool();
  private final Executor steps = StepThreads.named("steps", 2);
  private final MemoryQueue queue = new MemoryQueue();
  private final Semaphore allowed = new Semaphore(0);
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final AtomicInteger throttles = new AtomicInteger();
  private final AtomicReference<@Nullable Error> functionError = new AtomicReference<>();
  private final AtomicBoolean present = new AtomicBoolean(true);
  private final BatchTarget function =
      new BatchTarget() {
        @Override
        public boolean present() {
          return present.get();
        }

        @Override
        public Caller reader() {
          return new Caller.Anonymous();
        }

        @Override
        public CompletionStage<InvocationResult> invoke(byte[] event) {
          Error error = functionError.getAndSet(null);
          if (error != null) {
            throw error;
          }
          if (throttles.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw AwsError.of("TooManyRequestsException", 429, "Rate Exceeded.");
          }
          begun.add("begun");
          return CompletableFuture.supplyAsync(this::answer, functions);
        }

        private InvocationResult answer() {
          allowed.acquireUninterruptibly();
          return new InvocationResult(new byte[0], "", "", Duration.ZERO);
        }
      };

  @AfterEach
  void stop() {
    functions.shutdownNow();
  }

  private QueuePoller start(int concurrency) {
    PollerSettings settings = new PollerSettings(true, 1, Duration.ZERO, concurrency, false);
    return QueuePoller.start(MemoryQueue.ARN, settings, queue, function, steps);
  }

  private void awaitBegun() throws InterruptedException {
    assertEquals("begun", begun.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void receivesNoMoreThanMayRun() throws Exception {
    queue.send("1", "2", "3");
    start(2);
    awaitBegun();
    awaitBegun();
    assertEquals(List.of("3"), queue.visible());
    allowed.release();
    awaitBegun();
    assertEquals(List.of(), queue.visible());
    allowed.release(2);
    queue.awaitDeleted(3);
  }

  @Test
  void throttledBatchIsTriedAgainWithoutAnotherReceive() throws Exception {
    throttles.set(2);
    queue.send("1");
    start(1);
    awaitBegun();
    allowed.release();
    queue.awaitDeleted(1);
    assertEquals(1, queue.receives());
  }

  @Test
  void finishesWhatItReceivedWhenItIsClosed() throws Exception {
    queue.send("1");
    QueuePoller poller = start(1);
    awaitBegun();
    poller.close();
    poller.awaitEnd();
    allowed.release();
    queue.awaitDeleted(1);
  }

  /** A mapping that says Enabled must be read: an Error is trouble, not the end. */
  @Test
  void readsOnAfterAnError() throws Exception {
    queue.breakOnce(new StackOverflowError("made for the test"));
    QueuePoller poller = start(1);
    queue.awaitFailure();
    queue.send("1");
    // Other settings end the pause after trouble.
    poller.apply(new PollerSettings(true, 2, Duration.ZERO, 1, false));
    awaitBegun();
    allowed.release();
    queue.awaitDeleted(1);
    assertFalse(poller.ended());
  }

  @Test
  void batchThatEndsWithAnErrorLeavesItsPlaceToTheNext() throws Exception {
    functionError.set(new StackOverflowError("made for the test"));
    queue.send("1", "2");
    start(1);
    awaitBegun();
    allowed.release();
    queue.awaitDeleted(1);
    assertEquals(2, queue.receives());
  }

  @Test
  void takesNothingAnyMoreWhenItIsClosedWhileItWaits() throws Exception {
    QueuePoller poller = start(1);
    queue.awaitReceive();
    poller.close();
    poller.awaitEnd();
    queue.send("1");
    assertEquals(List.of("1"), queue.visible());
  }

  @Test
  void takesNothingForAFunctionThatIsDeletedWhileItWaits() throws Exception {
    QueuePoller poller = start(1);
    queue.awaitReceive();
    poller.lookAgain();
    queue.send("1");
    awaitBegun();
    allowed.release();
    queue.awaitDeleted(1);

    queue.awaitReceive();
    present.set(false);
    poller.lookAgain();
    queue.send("2");
    assertEquals(List.of("2"), queue.visible());
    assertFalse(poller.ended());
  }

  @Test
  void gathersWhatComesInTheWindow() throws Exception {
    PollerSettings settings = new PollerSettings(true, 3, Duration.ofMinutes(5), 1, false);
    QueuePoller.start(MemoryQueue.ARN, settings, queue, function, steps);
    queue.awaitReceive();
    queue.send("1");
    queue.awaitReceive();
    assertTrue(begun.isEmpty());
    queue.send("2", "3", "4");
    awaitBegun();
    assertEquals(List.of("4"), queue.visible());
    allowed.release();
    queue.awaitDeleted(3);
  }

  @Test
  void receivesNothingForAFunctionThatIsNotThere() throws Exception {
    present.set(false);
    queue.send("1");
    QueuePoller poller = start(1);
    poller.awaitSettled();
    poller.close();
    poller.awaitEnd();
    assertEquals(List.of("1"), queue.visible());
    assertTrue(begun.isEmpty());
  }
}
