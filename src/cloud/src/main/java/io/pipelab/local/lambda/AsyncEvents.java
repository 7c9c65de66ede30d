package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/**
 * The asynchronous queue: runs accepted events, tries failed ones again, and hands what is done or
 * given up to the function's destinations (Lambda Developer Guide, "How Lambda handles errors and
 * retries with asynchronous invocation").
 */
final class AsyncEvents implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AsyncEvents.class.getName());
  private static final int WORKERS = 32;
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
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WORKERS,
          task -> {
            Thread thread = new Thread(task, "lambda-async");
            thread.setDaemon(true);
            return thread;
          });

  AsyncEvents(
      Invocations invocations,
      Destinations destinations,
      FunctionMetrics metrics,
      CloudClock clock) {
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
    try {
      workers.execute(() -> work(event));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the cloud is shutting down; event {0} is lost", event.requestId());
    }
  }

  private void work(AsyncEvent event) {
    boolean comesAgain = false;
    try {
      comesAgain = handle(event);
    } catch (AwsError e) {
      // The function was deleted, and with it its queue.
      LOG.log(Level.DEBUG, () -> "event " + event.requestId() + " is dropped: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "event " + event.requestId() + " is lost", e);
    } finally {
      if (!comesAgain) {
        backlog.remove(event.payload());
      }
    }
  }

  /** Runs the function, or gives the event up; true when the event comes again. */
  private boolean handle(AsyncEvent event) {
    Target target = invocations.target(event.function());
    if (age(event).compareTo(maximumAge(target)) > 0) {
      giveUp(target, event, null, Destinations.Condition.EVENT_AGE_EXCEEDED);
      return false;
    }
    Integer reserved = target.function().reservedConcurrency();
    if (reserved != null && reserved == 0) {
      giveUp(target, event, null, Destinations.Condition.ZERO_RESERVED_CONCURRENCY);
      return false;
    }
    metrics.milliseconds(target, "AsyncEventAge", age(event));
    return attempt(target, event);
  }

  private boolean attempt(Target target, AsyncEvent event) {
    InvocationResult result;
    try {
      result = invocations.run(target, event.requestId(), event.payload());
    } catch (AwsError e) {
      // Lambda's own refusals (throttling, a role that cannot be assumed) do not count as attempts.
      LOG.log(Level.DEBUG, () -> event.function().name() + " did not run: " + e.getMessage());
      clock.after(THROTTLED_WAIT, () -> submit(event));
      return true;
    }
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
    workers.shutdownNow();
  }
}
