package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryLinesTest {
  private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
  private final DeliveryLines lines = new DeliveryLines(pool);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void nothingIsKeptOfSubscriptionsWithoutADelivery() throws Exception {
    for (int i = 0; i < 1000; i++) {
      lines.add("subscription-" + i, number -> Optional.empty());
    }
    idle();
    assertEquals(0, lines.size());
  }

  @Test
  void aTryThatIsNotTheLastHoldsTheLine() throws Exception {
    lines.add(
        "one",
        number -> {
          done.add("first " + number);
          return number < 3 ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        });
    lines.add("one", number -> note("second"));
    idle();
    assertEquals(List.of("first 1", "first 2", "first 3", "second"), done);
  }

  @Test
  void whatADeliveryThrowsDoesNotHoldTheLine() throws Exception {
    lines.add(
        "one",
        number -> {
          throw new NoClassDefFoundError("a class of tomorrow");
        });
    lines.add("one", number -> note("second"));
    idle();
    assertEquals(List.of("second"), done);
    assertEquals(0, lines.size());
  }

  private Optional<Duration> note(String what) {
    done.add(what);
    return Optional.empty();
  }

  /** Waits until the lines are empty, or for ten seconds at most. */
  private void idle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (lines.size() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
