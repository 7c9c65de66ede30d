package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
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

  private final Map<String, Topic> byArn = new ConcurrentSkipListMap<>();
  private final CloudIdentity identity;

  Topics(CloudIdentity identity) {
    this.identity = identity;
  }

  /** Creates a topic, or returns the one of that name: CreateTopic is idempotent. */
  Topic create(String name) {
    if (name.endsWith(".fifo")) {
      throw AwsError.notImplemented("FIFO topics");
    }
    if (!NAME.matcher(name).matches()) {
      throw AwsError.badRequest("InvalidParameter", "Invalid parameter: Topic Name");
    }
    String arn = identity.arn("sns", name);
    return byArn.computeIfAbsent(arn, key -> new Topic(arn, name, identity.account()));
  }

  boolean exists(String name) {
    return byArn.containsKey(identity.arn("sns", name));
  }

  Topic get(@Nullable String arn) {
    Topic topic = arn == null ? null : byArn.get(arn);
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
