package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.sqs.engine.MessageQueue;
import io.pipelab.local.sqs.engine.QueueDepth;
import io.pipelab.local.sqs.engine.QueueRefusal;
import io.pipelab.local.sqs.engine.Scheduler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The queues that exist, by name. */
final class Queues {
  private final CloudIdentity identity;
  private final Scheduler scheduler;
  private final InstantSource wall;
  private final Map<String, Queue> byName = new ConcurrentSkipListMap<>();

  Queues(CloudIdentity identity, Scheduler scheduler, InstantSource wall) {
    this.identity = identity;
    this.scheduler = scheduler;
    this.wall = wall;
  }

  /**
   * Creates a queue, or finds the one of that name when every given attribute has its value.
   *
   * @throws AwsError QueueNameExists, InvalidAttributeName, InvalidAttributeValue,
   *     InvalidParameterValue
   */
  synchronized Queue create(String name, Map<String, String> given, Map<String, String> tags) {
    boolean fifo = name.endsWith(".fifo");
    checkName(name, given);
    QueueAttributes.check(given, fifo);
    Map<String, String> attributes = QueueAttributes.kept(given);
    Queue existing = byName.get(name);
    if (existing != null) {
      requireSame(existing, attributes);
      return existing;
    }
    checkRedrive(fifo, identity.arn("sqs", name), attributes);
    Queue queue = made(name, fifo, attributes);
    queue.tags().putAll(tags);
    byName.put(name, queue);
    return queue;
  }

  private Queue made(String name, boolean fifo, Map<String, String> attributes) {
    Map<String, String> all = QueueAttributes.defaults(fifo);
    all.putAll(attributes);
    String arn = identity.arn("sqs", name);
    String url = identity.endpoint() + "/" + identity.account() + "/" + name;
    return new Queue(
        name,
        arn,
        url,
        wall.instant(),
        all,
        settings -> new MessageQueue(arn, settings, wall, scheduler, this::messages));
  }

  /**
   * Changes attributes of a queue.
   *
   * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
   */
  synchronized void change(Queue queue, Map<String, String> changes) {
    if (byName.get(queue.name) != queue) {
      throw doesNotExist();
    }
    QueueAttributes.check(changes, queue.fifo());
    if (changes.containsKey("FifoQueue") && !"true".equals(changes.get("FifoQueue"))) {
      throw AwsError.badRequest(
          "InvalidAttributeValue", "Invalid value for the parameter FifoQueue.");
    }
    checkRedrive(queue.fifo(), queue.arn, changes);
    queue.set(QueueAttributes.kept(changes), wall.instant());
  }

  /** Deletes a queue and its messages. */
  synchronized void delete(Queue queue) {
    if (byName.remove(queue.name, queue)) {
      queue.messages.close();
    }
  }

  /**
   * The queue of a URL: of whatever host, its last segment is the name.
   *
   * @throws AwsError QueueDoesNotExist
   */
  Queue byUrl(@Nullable String url) {
    if (url == null || url.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter QueueUrl.");
    }
    return byName(url.substring(url.lastIndexOf('/') + 1));
  }

  /**
   * The queue of an ARN.
   *
   * @throws AwsError QueueDoesNotExist
   */
  Queue byArn(String arn) {
    Queue queue = find(arn);
    if (queue == null) {
      throw doesNotExist();
    }
    return queue;
  }

  /** The queue of that name. */
  Queue byName(String name) {
    Queue queue = byName.get(name);
    if (queue == null) {
      throw doesNotExist();
    }
    return queue;
  }

  boolean exists(String name) {
    return byName.containsKey(name);
  }

  /** The queue of an ARN, or null. */
  @Nullable Queue find(String arn) {
    try {
      Queue queue = byName.get(Arn.parse(arn).resource());
      return queue != null && queue.arn.equals(arn) ? queue : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** All queues, by name. */
  List<Queue> all() {
    return List.copyOf(byName.values());
  }

  /** The queues whose dead-letter queue is this one. */
  List<Queue> sourcesOf(Queue deadLetters) {
    return all().stream()
        .filter(
            queue -> {
              RedrivePolicy policy = RedrivePolicy.of(queue);
              return policy != null && policy.target().equals(deadLetters.arn);
            })
        .toList();
  }

  /** The messages of the queue of an ARN, or null. */
  @Nullable MessageQueue messages(String arn) {
    Queue queue = find(arn);
    return queue == null ? null : queue.messages;
  }

  /** How many messages a queue holds; nothing when it has just been deleted. */
  static Optional<QueueDepth> depth(Queue queue) {
    try {
      return Optional.of(queue.messages.depth());
    } catch (QueueRefusal gone) {
      return Optional.empty();
    }
  }

  private static void checkName(String name, Map<String, String> attributes) {
    boolean fifo = name.endsWith(".fifo");
    String bare = fifo ? name.substring(0, name.length() - 5) : name;
    if (!bare.matches("[A-Za-z0-9_-]+") || name.length() > 80) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    boolean asked = "true".equals(attributes.get("FifoQueue"));
    if (fifo && !asked) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    if (asked && !fifo) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "The name of a FIFO queue can only include alphanumeric"
              + " characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in"
              + " length.");
    }
  }

  private static void requireSame(Queue existing, Map<String, String> attributes) {
    attributes.forEach(
        (name, value) -> {
          String now = existing.attribute(name);
          if (!QueueAttributes.same(name, now == null ? "" : now, value)) {
            throw AwsError.badRequest(
                "QueueNameExists",
                "A queue already exists with the same name and a different value for attribute "
                    + name);
          }
        });
  }

  private void checkRedrive(boolean fifo, String arn, Map<String, String> attributes) {
    String text = attributes.getOrDefault("RedrivePolicy", "");
    if (text.isEmpty()) {
      return;
    }
    Queue target = find(RedrivePolicy.parse(text).target());
    if (target == null) {
      throw RedrivePolicy.invalid(text, "Dead letter target does not exist.");
    }
    if (target.fifo() != fifo) {
      throw RedrivePolicy.invalid(
          text, "Dead-letter queue must be same type of queue as the source.");
    }
    RedriveAllowPolicy.require(target, arn, text);
  }

  private static AwsError doesNotExist() {
    return AwsError.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }
}
