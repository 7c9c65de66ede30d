package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/**
 * The asynchronous queue: runs accepted events, tries failed ones again, and hands what is done or
 * given up to the function's destinations (Lambda Developer Guide, "How Lambda handles errors and
 * retries with asynchronous invocation").
 */
final class AsyncEvents implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AsyncEvents.class.getName());
  private static final int AT_A_TIME = 32;
  private static final int DEFAULT_RETRIES = 2;
  private static final Duration DEFAULT_AGE = Duration.ofHours(6);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration SECOND_WAIT = Duration.ofMinutes(2);
  private static final Duration THROTTLED_WAIT = Duration.ofSeconds(5);
  private static final long MOST_WAITING_BYTES = 64L << 20;

  private final Invocations invocations;
  private final Destinations destinations;
  private final FunctionMetrics metrics;
  private final CloudClock clock;
  private final AsyncBacklog backlog = new AsyncBacklog(MOST_WAITING_BYTES);
  private final Lanes lanes;

  /**
   * @param steps runs what goes on when a wait is over
   */
  AsyncEvents(
      Invocations invocations,
      Destinations destinations,
      FunctionMetrics metrics,
      CloudClock clock,
      Executor steps) {
    this.lanes = new Lanes(AT_A_TIME, steps);
    this.invocations = invocations;
    this.destinations = destinations;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Takes an event; the caller was authorized for the target.
   *
   * @throws AwsError TooManyRequestsException when too many events wait
   */
  void accept(Target target, String requestId, byte[] payload) {
    backlog.add(payload);
    metrics.count(target, "AsyncEventsReceived", 1);
    FunctionName name = new FunctionName(target.function().name(), target.qualifier());
    submit(new AsyncEvent(name, requestId, payload, clock.now(), 0));
  }

  private void submit(AsyncEvent event) {
    lanes.submit(() -> work(event));
  }

  private CompletionStage<Void> work(AsyncEvent event) {
    return CompletableFuture.completedFuture(event)
        .thenCompose(this::handle)
        .exceptionally(failure -> lost(event, AsyncAction.cause(failure)))
        .thenAccept(
            comesAgain -> {
              if (!comesAgain) {
                backlog.remove(event.payload());
              }
            });
  }

  private static boolean lost(AsyncEvent event, Throwable failure) {
    if (failure instanceof AwsError) {
      // The function was deleted, and with it its queue.
      LOG.log(Level.DEBUG, "event " + event.requestId() + " is dropped", failure);
    } else {
      LOG.log(Level.ERROR, "event " + event.requestId() + " is lost", failure);
    }
    return false;
  }

  /** Runs the function, or gives the event up; true when the event comes again. */
  private CompletableFuture<Boolean> handle(AsyncEvent event) {
    Target target = invocations.target(event.function());
    if (age(event).compareTo(maximumAge(target)) > 0) {
      giveUp(target, event, null, Destinations.Condition.EVENT_AGE_EXCEEDED);
      return CompletableFuture.completedFuture(false);
    }
    Integer reserved = target.function().reservedConcurrency();
    if (reserved != null && reserved == 0) {
      giveUp(target, event, null, Destinations.Condition.ZERO_RESERVED_CONCURRENCY);
      return CompletableFuture.completedFuture(false);
    }
    metrics.milliseconds(target, "AsyncEventAge", age(event));
    return invocations
        .run(target, event.requestId(), event.payload())
        .handle(
            (result, failure) ->
                failure == null
                    ? ran(target, event, result)
                    : refused(event, AsyncAction.cause(failure)));
  }

  /** Lambda's own refusals (throttling, a role that cannot be assumed) do not count as attempts. */
  private boolean refused(AsyncEvent event, Throwable failure) {
    if (!(failure instanceof AwsError)) {
      throw new CompletionException(failure);
    }
    LOG.log(Level.DEBUG, () -> event.function().name() + " did not run: " + failure.getMessage());
    clock.after(THROTTLED_WAIT, () -> submit(event));
    return true;
  }

  private boolean ran(Target target, AsyncEvent event, InvocationResult result) {
    AsyncEvent tried = event.tried();
    if (!result.failed()) {
      destinations.succeeded(target, tried, result);
    } else if (tried.attempts() <= maximumRetries(target)) {
      Duration wait = tried.attempts() == 1 ? FIRST_WAIT : SECOND_WAIT;
      clock.after(wait, () -> submit(tried));
      return true;
    } else {
      giveUp(target, tried, result, Destinations.Condition.RETRIES_EXHAUSTED);
    }
    return false;
  }

  private void giveUp(
      Target target,
      AsyncEvent event,
      @Nullable InvocationResult result,
      Destinations.Condition condition) {
    if (!destinations.failed(target, event, result, condition)) {
      metrics.count(target, "AsyncEventsDropped", 1);
    }
  }

  private Duration age(AsyncEvent event) {
    return Duration.between(event.accepted(), clock.now());
  }

  private static int maximumRetries(Target target) {
    FunctionEventInvokeConfig config = target.function().eventInvokeConfig(target.qualifier());
    return config == null || config.maximumRetryAttempts() == null
        ? DEFAULT_RETRIES
        : config.maximumRetryAttempts();
  }

  private static Duration maximumAge(Target target) {
    FunctionEventInvokeConfig config = target.function().eventInvokeConfig(target.qualifier());
    return config == null || config.maximumEventAgeInSeconds() == null
        ? DEFAULT_AGE
        : Duration.ofSeconds(config.maximumEventAgeInSeconds());
  }

  @Override
  public void close() {
    lanes.close();
  }
}
