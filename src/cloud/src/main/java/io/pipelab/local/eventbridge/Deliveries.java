package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.MessageQueues;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Delivers events to targets, in the background. What a target refuses for good is not tried again;
 * what fails otherwise is, with growing pauses of cloud time, for as long and as often as the
 * target's retry policy says: 24 hours and 185 times if it says nothing (User Guide, "Retrying
 * events"). What cannot be delivered goes to the target's dead-letter queue.
 */
final class Deliveries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final int MOST_ATTEMPTS = 185;
  private static final Duration MOST_AGE = Duration.ofHours(24);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int LAST_DOUBLING = 10;
  private static final int THREADS = 2;

  /** Deliveries that wait for a thread, of an event each. */
  private static final int MOST_WAITING = 10_000;

  /** One delivery. */
  record Delivery(Rule rule, Target target, Event event, TargetCalls.Forward forward) {}

  private final TargetCalls calls;
  private final MessageQueues queues;
  private final CloudClock clock;
  private final RuleMetrics metrics;
  private final ThreadPoolExecutor pool;

  Deliveries(TargetCalls calls, MessageQueues queues, CloudClock clock, RuleMetrics metrics) {
    this.calls = calls;
    this.queues = queues;
    this.clock = clock;
    this.metrics = metrics;
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "events-delivery");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Takes a delivery and returns at once.
   *
   * @throws AwsError ThrottlingException when too many wait
   */
  void accept(Delivery delivery) {
    try {
      pool.execute(() -> attempt(delivery, 0));
    } catch (RejectedExecutionException e) {
      if (!pool.isShutdown()) {
        throw AwsError.badRequest("ThrottlingException", "Rate exceeded");
      }
    }
  }

  private void attempt(Delivery delivery, int retries) {
    Rule rule = delivery.rule();
    try {
      calls.call(
          rule,
          delivery.target(),
          TargetInput.of(rule, delivery.target(), delivery.event()),
          delivery.event(),
          delivery.forward());
      metrics.invoked(rule);
    } catch (RuntimeException | Error e) {
      failed(delivery, retries, e);
    }
  }

  private void failed(Delivery delivery, int retries, Throwable why) {
    if (isFinal(why)) {
      giveUp(delivery, retries, why, null);
    } else if (retries >= attempts(delivery.target())) {
      giveUp(delivery, retries, why, "MaximumRetryAttempts");
    } else if (isTooOld(delivery, pause(retries))) {
      giveUp(delivery, retries, why, "MaximumEventAgeInSeconds");
    } else {
      metrics.retried(delivery.rule());
      clock.after(pause(retries), () -> again(delivery, retries + 1));
    }
  }

  private void again(Delivery delivery, int retries) {
    try {
      pool.execute(() -> attempt(delivery, retries));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "a retry found too many others waiting; it comes again", e);
      if (!pool.isShutdown()) {
        clock.after(LONGEST_PAUSE, () -> again(delivery, retries));
      }
    }
  }

  /** Whether it would fail again: the caller's mistake, but for throttling, or not implemented. */
  private static boolean isFinal(Throwable failure) {
    return failure instanceof AwsError error
        && (error.status() < 500 || error.code().equals("NotImplemented"))
        && error.status() != 429
        && !error.code().contains("Throttling")
        && !error.code().contains("ThroughputExceeded");
  }

  static Duration pause(int retries) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(retries, LAST_DOUBLING));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static int attempts(Target target) {
    RetryPolicy policy = target.retryPolicy();
    return policy == null
        ? MOST_ATTEMPTS
        : Objects.requireNonNullElse(policy.maximumRetryAttempts(), MOST_ATTEMPTS);
  }

  private boolean isTooOld(Delivery delivery, Duration pause) {
    RetryPolicy policy = delivery.target().retryPolicy();
    Duration most =
        policy == null || policy.maximumEventAgeInSeconds() == null
            ? MOST_AGE
            : Duration.ofSeconds(policy.maximumEventAgeInSeconds());
    Instant next = clock.now().plus(pause);
    return next.isAfter(delivery.event().ingested().plus(most));
  }

  private void giveUp(Delivery delivery, int retries, Throwable why, @Nullable String exhausted) {
    metrics.failed(delivery.rule());
    LOG.log(
        Level.WARNING,
        "rule {0} did not reach {1}: {2}",
        delivery.rule().name,
        delivery.target().arn(),
        why instanceof AwsError ? why.getMessage() : why.toString());
    if (delivery.target().deadLetterConfig() != null) {
      deadLetter(delivery, retries, why, exhausted);
    }
  }

  /** The event with what went wrong (User Guide, "Using dead-letter queues"). */
  private void deadLetter(
      Delivery delivery, int retries, Throwable why, @Nullable String exhausted) {
    Map<String, MessageAttributeValue> attributes = new TreeMap<>();
    attributes.put("RULE_ARN", text(delivery.rule().arn));
    attributes.put("TARGET_ARN", text(delivery.target().arn()));
    attributes.put("ERROR_CODE", text(code(why)));
    attributes.put("ERROR_MESSAGE", text(String.valueOf(why.getMessage())));
    if (exhausted != null) {
      attributes.put("EXHAUSTED_RETRY_CONDITION", text(exhausted));
      attributes.put("RETRY_ATTEMPTS", text(String.valueOf(retries)));
    }
    boolean sent = true;
    try {
      queues.send(
          delivery.target().deadLetterConfig().arn(),
          delivery.event().json().toString(),
          attributes,
          new Caller.ServicePrincipal("events.amazonaws.com", delivery.rule().arn));
    } catch (RuntimeException | Error e) {
      sent = false;
      LOG.log(Level.WARNING, "nor its dead-letter queue: {0}", e.getMessage());
    }
    metrics.deadLettered(delivery.rule(), sent);
  }

  private static String code(Throwable why) {
    if (!(why instanceof AwsError error)) {
      return "INTERNAL_ERROR";
    }
    if (error.isNotFound() || error.code().equals("QueueDoesNotExist")) {
      return "NO_RESOURCE";
    }
    return error.code().contains("Denied") || error.code().contains("Authorization")
        ? "NO_PERMISSIONS"
        : "SDK_CLIENT_ERROR";
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
