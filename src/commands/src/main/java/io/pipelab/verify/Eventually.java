package io.pipelab.verify;

import io.pipelab.target.Poller;
import io.pipelab.target.ServiceFailures;
import io.pipelab.verify.LookFailure.Kind;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Looks again and again until a claim holds, can never hold, or its time is over; less and less
 * often the longer it takes. All checks share one {@link Poller}, so that a target which throttles,
 * or is gone, is noticed once for all. A look that fails is no failure of the thing: it is tried
 * again.
 */
final class Eventually {
  /**
   * How a claim ended.
   *
   * @param seen the last thing seen; null when it could never be looked at
   * @param failure why the last look failed, if it did
   * @param waited real time
   */
  record Outcome(@Nullable Observation seen, @Nullable LookFailure failure, Duration waited) {}

  private static final Set<State> SETTLED =
      Set.of(State.HOLDS, State.WORKS, State.NEVER, State.TO_DO, State.SKIPPED, State.UNSUPPORTED);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);

  /** When nothing at all answered for so long, the target is gone. */
  private static final Duration GONE = Duration.ofSeconds(20);

  private final Supplier<Instant> targetTime;
  private final LongSupplier nanos;
  private final Poller poller;
  private final long began;
  private final AtomicLong lastAnswer;

  /**
   * A poller.
   *
   * @param targetTime the target's time, which may fail like a look
   * @param nanos real time, as {@link System#nanoTime}
   */
  Eventually(Supplier<Instant> targetTime, LongSupplier nanos, Poller.Pause pause) {
    this.targetTime = targetTime;
    this.nanos = nanos;
    this.poller = new Poller(FIRST, LAST, GONE, pause, nanos);
    this.began = nanos.getAsLong();
    this.lastAnswer = new AtomicLong(began);
  }

  /** What is left of a time that began with this poller; never negative. */
  Duration leftOf(Duration whole) {
    Duration left = whole.minus(since(began));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Waits for a claim.
   *
   * @param changed told what was seen, whenever that changes
   * @throws SdkException when the target is gone, or refuses the credentials
   * @throws CancellationException when the thread is interrupted
   */
  Outcome await(Supplier<Observation> look, Limit limit, Consumer<Observation> changed) {
    Wait wait = new Wait(limit);
    while (true) {
      try {
        wait.saw(look.get(), changed);
        lastAnswer.set(nanos.getAsLong());
        poller.faster();
        if (wait.isSettled() || wait.isOver()) {
          return wait.outcome();
        }
      } catch (SdkException e) {
        wait.failed(e);
        if (wait.isHopeless() || wait.isOverByRealTime()) {
          return wait.outcome();
        }
      }
      poller.rest(wait.pace(), wait.left());
    }
  }

  private Duration since(long earlier) {
    return Duration.ofNanos(nanos.getAsLong() - earlier);
  }

  /** One claim's waiting. */
  private final class Wait {
    private final Limit limit;
    private final long start = nanos.getAsLong();
    private long lastChange = start;
    private @Nullable Instant lastChangeAtTarget;
    private @Nullable Observation seen;
    private @Nullable LookFailure failure;

    Wait(Limit limit) {
      this.limit = limit;
    }

    void saw(Observation now, Consumer<Observation> changed) {
      failure = null;
      if (!now.equals(seen)) {
        seen = now;
        lastChange = nanos.getAsLong();
        lastChangeAtTarget = null;
        changed.accept(now);
      }
    }

    /** Takes a failed look for what it is; throws when nobody can look any more. */
    void failed(SdkException e) {
      failure = LookFailure.of(e);
      boolean gone =
          failure.kind() == Kind.UNREACHABLE && since(lastAnswer.get()).compareTo(GONE) >= 0;
      if (gone || failure.kind() == Kind.CREDENTIALS || ServiceFailures.behind(e) != null) {
        throw e;
      }
      if (failure.kind() != Kind.UNREACHABLE) {
        lastAnswer.set(nanos.getAsLong());
      }
      if (e instanceof SdkServiceException answer && answer.isThrottlingException()) {
        poller.slower();
      }
    }

    boolean isSettled() {
      return seen != null && SETTLED.contains(seen.state());
    }

    boolean isHopeless() {
      return failure != null
          && (failure.kind() == Kind.UNSUPPORTED || failure.kind() == Kind.DENIED);
    }

    /** Whether nothing changed for too long, by the target's time and by real time. */
    boolean isOver() {
      if (since(start).compareTo(limit.atMost()) >= 0) {
        return true;
      }
      Instant now = targetTime.get();
      if (lastChangeAtTarget == null) {
        lastChangeAtTarget = now;
      }
      Duration quiet = Duration.between(lastChangeAtTarget, now);
      return quiet.compareTo(limit.quiet()) >= 0 && since(lastChange).compareTo(limit.floor()) >= 0;
    }

    /** The target's time is not known while it does not answer. */
    boolean isOverByRealTime() {
      Duration longest =
          limit.quiet().compareTo(limit.atMost()) < 0 ? limit.quiet() : limit.atMost();
      return since(lastChange).compareTo(longest) >= 0;
    }

    /** What is left until the end. */
    Duration left() {
      Duration left = limit.atMost().minus(since(start));
      return left.isNegative() ? Duration.ZERO : left;
    }

    /** A fifth of the time waited so far: less and less often. */
    Duration pace() {
      Duration fifth = since(start).dividedBy(5);
      return fifth.compareTo(LAST) > 0 ? LAST : fifth;
    }

    Outcome outcome() {
      return new Outcome(seen, failure, since(start));
    }
  }
}
