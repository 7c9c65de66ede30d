package io.pipelab.local;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process brings about, and fails when it does not come. */
public final class Soon {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_MILLIS = 2;

  private Soon() {}

  /**
   * Returns as soon as it is so.
   *
   * @param what for the failure's message
   */
  public static void that(String what, BooleanSupplier so) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
