package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues that exist, by name; each is made in the engine too. */
final class Queues {
  private final CloudIdentity identity;
  private final ElasticMq engine;
  private final MessageAges ages;
  private final InstantSource wall;
  private final Map<String, Queue> byName = new ConcurrentSkipListMap<>();

  Queues(CloudIdentity identity, ElasticMq engine, MessageAges ages, InstantSource wall) {
    this.identity = identity;
    this.engine = engine;
    this.ages = ages;
    this.wall = wall;
  }

  /**
   * Creates a queue, or finds the one of that name when every given attribute has its value.
   *
   * @throws AwsError QueueNameExists, InvalidAttributeName, InvalidAttributeValue,
   *     InvalidParameterValue
   */
  synchronized Queue create(String name, Map<String, String> attributes, Map<String, String> tags) {
    boolean fifo = name.endsWith(".fifo");
    checkName(name, attributes);
    QueueAttributes.check(attributes, fifo);
    Queue existing = byName.get(name);
    if (existing != null) {
      requireSame(existing, attributes);
      return existing;
    }
    String url = identity.endpoint() + "/" + identity.account() + "/" + name;
    Queue queue = new Queue(name, identity.arn("sqs", name), url, wall.instant());
    queue.set(QueueAttributes.defaults(fifo), wall.instant());
    queue.set(attributes, wall.instant());
    checkRedrive(queue, attributes);
    queue.tags().putAll(tags);
    engine
        .client()
        .createQueue(r -> r.queueName(name).attributesWithStrings(forEngine(queue.attributes())));
    byName.put(name, queue);
    return queue;
  }

  /**
   * Changes attributes of a queue.
   *
   * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
   */
  synchronized void change(Queue queue, Map<String, String> changes) {
    QueueAttributes.check(changes, queue.fifo());
    if (changes.containsKey("FifoQueue") && !"true".equals(changes.get("FifoQueue"))) {
      throw AwsError.badRequest(
          "InvalidAttributeValue", "Invalid value for the parameter FifoQueue.");
    }
    checkRedrive(queue, changes);
    Map<String, String> toEngine = forEngine(changes);
    toEngine.remove("FifoQueue");
    if (toEngine.remove("RedrivePolicy", "")) {
      engine.forgetDeadLetters(queue.name);
    }
    if (!toEngine.isEmpty()) {
      engine
          .client()
          .setQueueAttributes(r -> r.queueUrl(queue.url).attributesWithStrings(toEngine));
    }
    queue.set(changes, wall.instant());
  }

  /** Deletes a queue and its messages. */
  synchronized void delete(Queue queue) {
    engine.client().deleteQueue(r -> r.queueUrl(queue.url));
    byName.remove(queue.name, queue);
    ages.cleared(queue.name);
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

  /** How many messages the engine has: visible, in flight and delayed. */
  Map<String, String> counts(Queue queue) {
    return engine
        .client()
        .getQueueAttributes(
            r ->
                r.queueUrl(queue.url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributesAsStrings();
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

  private void checkRedrive(Queue queue, Map<String, String> attributes) {
    String text = attributes.getOrDefault("RedrivePolicy", "");
    if (text.isEmpty()) {
      return;
    }
    Queue target = find(RedrivePolicy.parse(text).target());
    if (target == null) {
      throw RedrivePolicy.invalid(text, "Dead letter target does not exist.");
    }
    if (target.fifo() != queue.fifo()) {
      throw RedrivePolicy.invalid(
          text, "Dead-letter queue must be same type of queue as the source.");
    }
    RedriveAllowPolicy.require(target, queue, text);
  }

  private static Map<String, String> forEngine(Map<String, String> attributes) {
    Map<String, String> chosen = new HashMap<>(attributes);
    chosen.keySet().retainAll(QueueAttributes.OF_THE_ENGINE);
    chosen.computeIfPresent(
        "RedrivePolicy", (name, text) -> text.isEmpty() ? text : RedrivePolicy.parse(text).json());
    return chosen;
  }

  private static AwsError doesNotExist() {
    return AwsError.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }
}
