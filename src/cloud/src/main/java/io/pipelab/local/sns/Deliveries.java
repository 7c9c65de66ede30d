package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.MessageQueues;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Delivers notifications, each subscription's in order. What the other side refuses for good is not
 * tried again; what fails otherwise is tried a few times with growing pauses, then goes to the
 * subscription's dead-letter queue. Every failure counts in NumberOfNotificationsFailed.
 */
final class Deliveries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final int TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int THREADS = 4;
  private static final long MOST_WAITING_BYTES = 16L << 20;

  private final ScheduledExecutorService pool =
      Executors.newScheduledThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "sns-delivery");
            thread.setDaemon(true);
            return thread;
          });
  private final DeliveryFailures failures = new DeliveryFailures();
  private final DeliveryLines lines = new DeliveryLines(pool, MOST_WAITING_BYTES);
  private final Envelopes envelopes;
  private final MessageQueues queues;
  private final Outbox outbox;
  private final TopicMetrics metrics;
  private @Nullable FunctionInvoker functions;

  Deliveries(Envelopes envelopes, MessageQueues queues, Outbox outbox, TopicMetrics metrics) {
    this.envelopes = envelopes;
    this.queues = queues;
    this.outbox = outbox;
    this.metrics = metrics;
  }

  synchronized void connect(FunctionInvoker invoker) {
    functions = invoker;
  }

  private synchronized FunctionInvoker functions() {
    return Objects.requireNonNull(functions, "no functions are connected");
  }

  /**
   * Refuses a message when too many wait for one of its subscriptions. SNS keeps and retries them
   * for days and has a bound of calls a second; this is what it answers when that is reached.
   *
   * @throws AwsError Throttling
   */
  void admit(Collection<Subscription> subscriptions) {
    for (Subscription each : subscriptions) {
      if (lines.full(each.arn)) {
        throw AwsError.badRequest("Throttling", "Rate exceeded");
      }
    }
  }

  /** Takes a notification for one subscription and returns at once. */
  void accept(Notification notification, Subscription to) {
    lines.add(to.arn, notification.bytes(), number -> attempt(notification, to, number));
  }

  private Optional<Duration> attempt(Notification notification, Subscription to, int number) {
    try {
      deliver(notification, to);
    } catch (RuntimeException | Error e) {
      if (number < TRIES && !isFinal(e)) {
        return Optional.of(FIRST_PAUSE.multipliedBy(1L << (number - 1)));
      }
      giveUp(notification, to, e);
      return Optional.empty();
    }
    metrics.delivered(to.topicArn);
    return Optional.empty();
  }

  private static boolean isFinal(Throwable failure) {
    return failure instanceof AwsError e && e.status() < 500 && e.status() != 429;
  }

  private void giveUp(Notification notification, Subscription to, Throwable why) {
    failures.note(to, reason(why));
    metrics.failed(to.topicArn);
    try {
      deadLetter(notification, to, why);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "nor to its dead-letter queue: {0}", reason(e));
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof AwsError ? String.valueOf(failure.getMessage()) : failure.toString();
  }

  private void deadLetter(Notification notification, Subscription to, Throwable why) {
    String policy = to.attributes.get("RedrivePolicy");
    if (policy == null) {
      return;
    }
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    if (to.raw()) {
      attributes.putAll(QueueAttributes.of(notification.attributes()));
    }
    attributes.put("ERROR_MESSAGE", text(reason(why)));
    if (why instanceof AwsError error) {
      attributes.put("ERROR_CODE", text(error.code()));
    }
    queues.send(
        SubscriptionAttributes.deadLetterTarget(policy),
        bodyFor(notification, to),
        attributes,
        grouping(notification, SubscriptionAttributes.deadLetterTarget(policy)),
        principal(to));
    metrics.redriven(to.topicArn);
  }

  private void deliver(Notification notification, Subscription to) {
    switch (to.protocol) {
      case LAMBDA ->
          functions()
              .invokeAsync(
                  to.endpoint,
                  envelopes.forFunction(notification, to).getBytes(StandardCharsets.UTF_8),
                  principal(to));
      case SQS -> {
        queues.send(
            to.endpoint,
            bodyFor(notification, to),
            to.raw() ? QueueAttributes.of(notification.attributes()) : Map.of(),
            grouping(notification, to.endpoint),
            principal(to));
      }
      case EMAIL ->
          outbox.send(
              to.endpoint,
              notification.subject() == null ? "AWS Notification Message" : notification.subject(),
              notification.textFor(Protocol.EMAIL));
    }
  }

  /** What a queue gets, the subscription's own and its dead-letter queue alike. */
  private String bodyFor(Notification notification, Subscription to) {
    return to.raw() ? notification.textFor(Protocol.SQS) : envelopes.forQueue(notification, to);
  }

  /**
   * A FIFO queue gets group and deduplication id; a standard one the group, for fair queues, but
   * not from a FIFO topic.
   */
  private static MessageQueues.Grouping grouping(Notification notification, String queueArn) {
    Notification.Place place = notification.place();
    if (queueArn.endsWith(".fifo")) {
      return new MessageQueues.Grouping(place.groupId(), place.deduplicationId());
    }
    return place.sequenceNumber() == null
        ? new MessageQueues.Grouping(place.groupId(), null)
        : MessageQueues.Grouping.NONE;
  }

  private static Caller principal(Subscription to) {
    return new Caller.ServicePrincipal("sns.amazonaws.com", to.topicArn);
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
