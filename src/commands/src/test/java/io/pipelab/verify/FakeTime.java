package io.pipelab.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only while somebody pauses; the target's runs faster. */
final class FakeTime {
  private final AtomicLong nanos = new AtomicLong();
  private final int speed;

  FakeTime(int speed) {
    this.speed = speed;
  }

  Eventually eventually() {
    return new Eventually(this::target, nanos::get, this::pass);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }

  Instant target() {
    return Instant.EPOCH.plusNanos(nanos.get() * speed);
  }
}
