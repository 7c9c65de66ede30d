package io.pipelab.target;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one way to wait for something in the cloud. All waits share one pace: when the cloud
 * throttles one of them, all of them ask less often, and more often again as answers come. A
 * failure to look is not a failure of the thing that is waited for; only when nothing at all can be
 * seen for a while does the wait give up.
 */
public final class Poller {
  /** Waits for a span of time; a test's does not sleep. */
  public interface Pause {
    void of(Duration span) throws InterruptedException;
  }

  private final Duration shortest;
  private final Duration longest;
  private final Duration patience;
  private final Pause pause;
  private final LongSupplier nanoTime;
  private Duration pace;

  /**
   * A poller.
   *
   * @param shortest between two looks at first
   * @param longest between two looks, when the cloud asks for less
   * @param patience how long looking may fail in a row
   */
  public Poller(Duration shortest, Duration longest, Duration patience) {
    this(shortest, longest, patience, span -> Thread.sleep(span.toMillis()), System::nanoTime);
  }

  /**
   * A poller.
   *
   * @param pause how it waits
   * @param nanoTime real time, as {@link System#nanoTime}
   */
  public Poller(
      Duration shortest, Duration longest, Duration patience, Pause pause, LongSupplier nanoTime) {
    this.shortest = shortest;
    this.longest = longest;
    this.patience = patience;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.pace = shortest;
  }

  /** For a cloud on this machine. */
  public static Poller near() {
    return new Poller(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  /** For a cloud that counts requests. */
  public static Poller far() {
    return new Poller(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMinutes(3));
  }

  /**
   * Looks until there is an answer.
   *
   * @param what what is waited for, for the error: {@code "stack x to be created"}
   * @throws Failure of kind TIME_IS_UP at the deadline, UNREACHABLE when looking fails for too long
   */
  public <T> T until(String what, Deadline deadline, Supplier<Optional<T>> look) {
    long blindSince = 0;
    boolean blind = false;
    while (true) {
      try {
        Optional<T> answer = look.get();
        blind = false;
        faster();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (SdkException e) {
        if (!ServiceFailures.mayPass(e)) {
          throw e;
        }
        if (!blind) {
          blind = true;
          blindSince = nanoTime.getAsLong();
        } else if (nanoTime.getAsLong() - blindSince > patience.toNanos()) {
          throw e;
        }
        slower();
      }
      if (deadline.isOver()) {
        throw timeIsUp(what, deadline);
      }
      rest(deadline);
    }
  }

  private void rest(Deadline deadline) {
    rest(Duration.ZERO, deadline.left());
  }

  /**
   * Waits until the next look: as long as the shared pace says.
   *
   * @param atLeast what the one wait asks for, which may be slower than the pace
   * @param atMost what is left of its time
   * @throws CancellationException when the thread is interrupted
   */
  public void rest(Duration atLeast, Duration atMost) {
    Duration pace = pace();
    Duration span = atLeast.compareTo(pace) > 0 ? atLeast : pace;
    try {
      pause.of(atMost.compareTo(span) < 0 ? atMost : span);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting");
    }
  }

  private static Failure timeIsUp(String what, Deadline deadline) {
    return new Failure(
        Failure.Kind.TIME_IS_UP,
        "time is up: waited " + deadline.allowed().toSeconds() + " s for " + what,
        "nothing was cancelled: it may still come to its end",
        "look with 'pipelab status', or allow more with --timeout");
  }

  private synchronized Duration pace() {
    return pace;
  }

  /** The cloud asked for less, or did not answer. */
  public synchronized void slower() {
    Duration twice = pace.multipliedBy(2);
    pace = twice.compareTo(longest) > 0 ? longest : twice;
  }

  /** The cloud answered. */
  public synchronized void faster() {
    Duration less = pace.multipliedBy(9).dividedBy(10);
    pace = less.compareTo(shortest) < 0 ? shortest : less;
  }
}
