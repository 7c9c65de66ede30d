package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The account's topics. */
final class Topics {
  /** The subscription of an endpoint, and whether it is a new one. */
  record Subscribed(Subscription subscription, boolean created) {}

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
  private static final String FIFO = ".fifo";
  private static final int MOST_NAME = 256;

  private final Map<String, Topic> byArn = new ConcurrentSkipListMap<>();
  private final CloudIdentity identity;
  private final InstantSource time;

  /**
   * @param time by which FIFO topics know what was published before
   */
  Topics(CloudIdentity identity, InstantSource time) {
    this.identity = identity;
    this.time = time;
  }

  /**
   * Creates a topic, or returns the one of that name: CreateTopic is idempotent.
   *
   * @param fifo whether it is a FIFO topic, whose name ends with {@code .fifo}
   */
  Topic create(String name, boolean fifo) {
    String stem =
        fifo && name.endsWith(FIFO) ? name.substring(0, name.length() - FIFO.length()) : name;
    if (fifo == stem.equals(name) || name.length() > MOST_NAME || !NAME.matcher(stem).matches()) {
      throw AwsError.badRequest("InvalidParameter", "Invalid parameter: Topic Name");
    }
    String arn = identity.arn("sns", name);
    return byArn.computeIfAbsent(
        arn, key -> new Topic(arn, name, identity.account(), fifo ? new FifoOrder(time) : null));
  }

  boolean exists(String name) {
    return find(identity.arn("sns", name)).isPresent();
  }

  /** The topic of that name, if there is one. */
  Optional<Topic> named(String name) {
    return find(identity.arn("sns", name));
  }

  /**
   * A topic by its ARN.
   *
   * @throws AwsError NotFound; InvalidParameter for what is not an ARN
   */
  Topic get(@Nullable String arn) {
    Topic topic = arn == null ? null : byArn.get(arn);
    if (topic == null && arn != null) {
      requireArn("TopicArn", arn);
    }
    if (topic == null) {
      throw missing();
    }
    return topic;
  }

  private static AwsError missing() {
    return AwsError.notFound("NotFound", "Topic does not exist");
  }

  Optional<Topic> find(String arn) {
    return Optional.ofNullable(byArn.get(arn));
  }

  List<Topic> list() {
    return List.copyOf(byArn.values());
  }

  /** Deletes a topic with its subscriptions; deleting none is no error, as on AWS. */
  synchronized void delete(String arn) {
    byArn.remove(arn);
  }

  /**
   * Subscribes; the same endpoint twice is one subscription, also when both are asked for at once.
   *
   * @param attributes what a new subscription has from its first notification on
   * @throws AwsError NotFound when the topic was deleted meanwhile
   */
  synchronized Subscribed subscribe(
      Topic topic, Protocol protocol, String endpoint, Map<String, String> attributes) {
    if (get(topic.arn) != topic) {
      throw missing();
    }
    for (Subscription old : topic.subscriptions.values()) {
      if (old.protocol == protocol && old.endpoint.equals(endpoint)) {
        return new Subscribed(old, false);
      }
    }
    String arn = topic.arn + ":" + UUID.randomUUID();
    String token = UUID.randomUUID().toString().replace("-", "");
    Subscription subscription = new Subscription(arn, topic.arn, protocol, endpoint, token);
    SubscriptionAttributes.set(subscription, attributes);
    topic.subscriptions.put(arn, subscription);
    return new Subscribed(subscription, true);
  }

  /**
   * Refuses what is not an ARN.
   *
   * @throws AwsError InvalidParameter
   */
  static void requireArn(String parameter, String text) {
    int elements = text.split(":", -1).length;
    if (elements < 6) {
      throw AwsError.badRequest(
          "InvalidParameter",
          "Invalid parameter: "
              + parameter
              + " Reason: An ARN must have at least 6 elements, not "
              + elements);
    }
  }

  Subscription subscription(@Nullable String arn) {
    return subscriptions().stream()
        .filter(each -> each.arn.equals(arn))
        .findFirst()
        .orElseThrow(() -> AwsError.notFound("NotFound", "Subscription does not exist"));
  }

  void unsubscribe(String arn) {
    byArn.values().forEach(topic -> topic.subscriptions.remove(arn));
  }

  List<Subscription> subscriptions() {
    return byArn.values().stream().flatMap(topic -> topic.ordered().stream()).toList();
  }
}
