package io.pipelab;

import java.time.Duration;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** How often waiters of the SDK look: their half minute suits AWS, not a cloud that is near. */
public final class Waits {
  private Waits() {}

  /** Ten times a second, for five minutes. */
  public static void near(WaiterOverrideConfiguration.Builder wait) {
    wait.backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(100))).maxAttempts(3_000);
  }
}
