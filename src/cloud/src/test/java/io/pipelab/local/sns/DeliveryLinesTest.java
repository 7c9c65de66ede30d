package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryLinesTest {
  private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
  private final DeliveryLines lines = new DeliveryLines(pool, 100);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void nothingIsKeptOfSubscriptionsWithoutADelivery() throws Exception {
    for (int i = 0; i < 1000; i++) {
      lines.add("subscription-" + i, 1, number -> Optional.empty());
    }
    idle();
    assertEquals(0, lines.size());
  }

  @Test
  void aTryThatIsNotTheLastHoldsTheLine() throws Exception {
    lines.add(
        "one",
        1,
        number -> {
          done.add("first " + number);
          return number < 3 ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        });
    lines.add("one", 1, number -> note("second"));
    idle();
    assertEquals(List.of("first 1", "first 2", "first 3", "second"), done);
  }

  @Test
  void whatADeliveryThrowsDoesNotHoldTheLine() throws Exception {
    lines.add(
        "one",
        1,
        number -> {
          throw new NoClassDefFoundError("a class of tomorrow");
        });
    lines.add("one", 1, number -> note("second"));
    idle();
    assertEquals(List.of("second"), done);
    assertEquals(0, lines.size());
  }

  @Test
  void aLineIsFullUntilWhatWaitsInItIsDelivered() throws Exception {
    Semaphore stuck = new Semaphore(0);
    lines.add(
        "one",
        1000,
        number -> {
          stuck.acquireUninterruptibly();
          return Optional.empty();
        });
    assertFalse(lines.full("one"), "what is being delivered does not wait");
    lines.add("one", 99, number -> note("second"));
    assertFalse(lines.full("one"));
    lines.add("one", 1, number -> note("third"));
    assertTrue(lines.full("one"));
    assertFalse(lines.full("other"));
    stuck.release();
    idle();
    assertFalse(lines.full("one"));
    assertEquals(List.of("second", "third"), done);
  }

  private Optional<Duration> note(String what) {
    done.add(what);
    return Optional.empty();
  }

  /** Waits until the lines are empty, or for ten seconds at most. */
  private void idle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (lines.size() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
