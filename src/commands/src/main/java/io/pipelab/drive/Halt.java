package io.pipelab.drive;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * When a load goes on no longer: its time is over, nobody answers any more, or the queue refuses
 * every call. What was not tried by then stays unsent.
 */
final class Halt {
  /** A queue that answers nothing at all for so long is gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private final long end;
  private @Nullable Long silentSince;
  private @Nullable AwsServiceException refusal;
  private boolean stopped;

  /**
   * A halt to come.
   *
   * @param atMost how long the load may take from now on
   */
  Halt(Duration atMost, LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + atMost.toNanos();
  }

  /** The queue answered, whatever it said. */
  synchronized void answered() {
    silentSince = null;
  }

  /** A call had no answer. */
  synchronized void silent() {
    if (silentSince == null) {
      silentSince = nanos.getAsLong();
    }
  }

  /** The queue refused a call in a way that the next one would meet, too. */
  synchronized void refused(AwsServiceException e) {
    if (refusal == null) {
      refusal = e;
    }
  }

  /** The first refusal, if there was one. */
  synchronized Optional<AwsServiceException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The user stopped the load; an interrupt reaches a thread once, and a library may eat it. */
  synchronized void stop() {
    stopped = true;
  }

  synchronized boolean reached() {
    return stopped || reason().isPresent();
  }

  /** Why the load does not go on, in words; empty also when it was stopped. */
  synchronized Optional<String> reason() {
    if (refusal != null) {
      return Optional.of("the queue refused the call");
    }
    if (silentSince != null && nanos.getAsLong() - silentSince >= PATIENCE.toNanos()) {
      return Optional.of("nothing was answered for " + PATIENCE.toSeconds() + " s");
    }
    return left().isZero() ? Optional.of("its time is up") : Optional.empty();
  }

  /** What is left of its time. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
  }
}
