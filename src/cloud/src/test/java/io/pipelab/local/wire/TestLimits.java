package io.pipelab.local.wire;

import java.nio.file.Path;
import java.time.Duration;

/** Limits of gateways under test. */
public final class TestLimits {
  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  private TestLimits() {}

  public static Limits usual() {
    return Limits.of(FOLDER);
  }

  public static Limits threads(int threads) {
    return new Limits(threads, 64 << 20, Duration.ofSeconds(20), FOLDER);
  }

  static Limits patience(Duration patience) {
    return new Limits(20, 64 << 20, patience, FOLDER);
  }

  static Limits waitingBytes(long bytes) {
    return new Limits(20, bytes, Duration.ofSeconds(20), FOLDER);
  }
}
