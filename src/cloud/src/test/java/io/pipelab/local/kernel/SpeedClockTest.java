package io.pipelab.local.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SpeedClockTest {
  @Test
  void startsAtWallTimeAndRunsFaster() throws Exception {
    try (SpeedClock clock = new SpeedClock(1000)) {
      Instant cloud = clock.now();
      long wall = System.nanoTime();
      CountDownLatch fired = new CountDownLatch(1);
      clock.after(Duration.ofSeconds(20), fired::countDown);
      assertTrue(fired.await(60, TimeUnit.SECONDS));
      Duration wallSpan = Duration.ofNanos(System.nanoTime() - wall);
      Duration cloudSpan = Duration.between(cloud, clock.now());
      assertTrue(cloudSpan.compareTo(Duration.ofSeconds(20)) >= 0, "fired early: " + cloudSpan);
      assertTrue(cloudSpan.compareTo(wallSpan.multipliedBy(900)) > 0, cloudSpan + " " + wallSpan);
      assertEquals(1000, clock.speed());
    }
  }

  @Test
  void firesAtFullMultiplesOfCloudTime() throws Exception {
    try (SpeedClock clock = new SpeedClock(600)) {
      BlockingQueue<Instant> fired = new LinkedBlockingQueue<>();
      ScheduledFuture<?> ticks = clock.every(Duration.ofMinutes(1), () -> fired.add(clock.now()));
      Instant first = take(fired);
      Instant second = take(fired);
      assertTrue(ticks.cancel(false));
      assertTrue(first.getEpochSecond() % 60 < 50, "far from a full minute: " + first);
      assertTrue(second.getEpochSecond() / 60 > first.getEpochSecond() / 60, first + " " + second);
      assertTrue(ticks.isCancelled());
      assertThrows(CancellationException.class, ticks::get);
    }
  }

  @Test
  void keepsItsScheduleWhenATaskFails() throws Exception {
    try (SpeedClock clock = new SpeedClock(1000)) {
      BlockingQueue<Instant> fired = new LinkedBlockingQueue<>();
      clock.every(
          Duration.ofSeconds(10),
          () -> {
            fired.add(clock.now());
            throw new IllegalStateException("expected in this test");
          });
      take(fired);
      take(fired);
    }
  }

  @Test
  void runsOnDaemonThreadsAndStopsWhenClosed() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    SpeedClock clock = new SpeedClock(1);
    clock.after(Duration.ZERO, () -> threads.add(Thread.currentThread()));
    Thread thread = threads.poll(60, TimeUnit.SECONDS);
    assertNotNull(thread);
    assertTrue(thread.isDaemon());
    clock.close();
    thread.join(10_000);
    assertFalse(thread.isAlive());
  }

  @Test
  void findsTheNextMultiple() {
    Duration minute = Duration.ofMinutes(1);
    Instant full = Instant.parse("2026-11-21T03:00:00Z");
    assertEquals(full.plus(minute), SpeedClock.nextMultiple(full, minute));
    assertEquals(full.plus(minute), SpeedClock.nextMultiple(full.plusMillis(59_999), minute));
  }

  @Test
  void refusesToStandStill() {
    assertThrows(IllegalArgumentException.class, () -> new SpeedClock(0));
  }

  private static Instant take(BlockingQueue<Instant> fired) throws InterruptedException {
    Instant instant = fired.poll(60, TimeUnit.SECONDS);
    assertNotNull(instant);
    return instant;
  }
}
