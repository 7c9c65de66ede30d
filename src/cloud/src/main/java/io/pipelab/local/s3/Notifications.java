package io.pipelab.local.s3;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.ServiceEvents;
import io.pipelab.local.kernel.TopicPublisher;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;

/**
 * Delivers event notifications to topics, queues and functions, in order and in the background, and
 * to EventBridge. S3 loses none of them, so a caller whose event finds too many others waiting
 * waits itself.
 */
public final class Notifications implements ObjectEvents, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

  /** Events that wait, of a few kilobytes each. */
  private static final int MOST_WAITING = 10_000;

  private final CloudClock clock;
  private final TopicPublisher topics;
  private final MessageQueues queues;
  private final FunctionInvoker functions;
  private final EventRecord records;
  private final BucketEvents bucketEvents;
  private final ThreadPoolExecutor delivery;

  /** Delivers over these ports; the thread starts with the first event. */
  public Notifications(
      CloudIdentity identity,
      CloudClock clock,
      TopicPublisher topics,
      MessageQueues queues,
      FunctionInvoker functions,
      ServiceEvents events) {
    this(identity, clock, topics, queues, functions, events, MOST_WAITING);
  }

  /**
   * @param mostWaiting how many events may wait for their delivery
   */
  Notifications(
      CloudIdentity identity,
      CloudClock clock,
      TopicPublisher topics,
      MessageQueues queues,
      FunctionInvoker functions,
      ServiceEvents events,
      int mostWaiting) {
    this.clock = clock;
    this.topics = topics;
    this.queues = queues;
    this.functions = functions;
    this.records = new EventRecord(identity);
    this.bucketEvents = new BucketEvents(identity, events);
    this.delivery =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            task -> {
              Thread thread = new Thread(task, "s3-notifications");
              thread.setDaemon(true);
              return thread;
            },
            Notifications::awaitPlace);
    delivery.allowCoreThreadTimeOut(true);
  }

  @Override
  public void configure(String bucket, NotificationConfiguration configuration) {
    List<Destination> destinations = Destination.of(configuration);
    for (int i = 0; i < destinations.size(); i++) {
      for (Destination other : destinations.subList(i + 1, destinations.size())) {
        if (destinations.get(i).filter().overlaps(other.filter())) {
          throw AwsError.badRequest(
              "InvalidArgument",
              "Configurations overlap. Configurations on the same bucket cannot share a common"
                  + " event type.");
        }
      }
    }
    for (Destination each : destinations) {
      try {
        test(bucket, each);
      } catch (AwsError e) {
        throw AwsError.badRequest(
            "InvalidArgument",
            "Unable to validate the following destination configurations: "
                + each.arn()
                + ": "
                + e.getMessage());
      }
    }
  }

  /** Functions get no test event; S3 asks whether it might send them one. */
  private void test(String bucket, Destination destination) {
    if (destination.kind() == Destination.Kind.FUNCTION) {
      functions.check(destination.arn(), principal(bucket));
    } else {
      send(bucket, destination, EventRecord.test(bucket, clock.now()));
    }
  }

  private static Caller principal(String bucket) {
    return new Caller.ServicePrincipal("s3.amazonaws.com", "arn:aws:s3:::" + bucket);
  }

  @Override
  public void happened(ObjectEvent event, NotificationConfiguration configuration) {
    if (configuration.eventBridgeConfiguration() != null) {
      bucketEvents.happened(event);
    }
    for (Destination each : Destination.of(configuration)) {
      if (each.filter().matches(event.name(), event.version().key())) {
        JsonNode message = records.of(event, each.id());
        delivery.execute(() -> deliver(event.bucket().name(), each, message));
      }
    }
  }

  /** Waits for a place in the full queue; a cloud that shuts down delivers nothing more. */
  private static void awaitPlace(Runnable delivery, ThreadPoolExecutor full) {
    try {
      while (!full.isShutdown() && !full.getQueue().offer(delivery, 1, TimeUnit.SECONDS)) {
        LOG.log(Level.DEBUG, "too many events of buckets wait for their delivery");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.log(Level.WARNING, "an event of a bucket was not delivered: its caller was interrupted");
    }
  }

  /** A destination that refuses fails nobody's call: what S3 does not deliver it only logs. */
  private void deliver(String bucket, Destination destination, JsonNode message) {
    try {
      send(bucket, destination, message);
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "an event of bucket " + bucket + " was not delivered to " + destination.arn(),
          e);
    }
  }

  private void send(String bucket, Destination destination, JsonNode message) {
    Caller s3 = principal(bucket);
    String text = message.toString();
    switch (destination.kind()) {
      case TOPIC -> topics.publish(destination.arn(), "Amazon S3 Notification", text, s3);
      case QUEUE -> queues.send(destination.arn(), text, Map.of(), s3);
      case FUNCTION ->
          functions.invokeAsync(destination.arn(), text.getBytes(StandardCharsets.UTF_8), s3);
    }
  }

  /** Delivers no more; events under way are dropped. */
  @Override
  public void close() {
    delivery.shutdownNow();
  }
}
