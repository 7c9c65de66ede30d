package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.TopicPublisher;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishing: checks, the topic's policy, filters, and hand-over to the deliveries. */
final class Publisher implements TopicPublisher {
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Topics topics;
  private final Deliveries deliveries;
  private final TopicMetrics metrics;

  Publisher(
      CloudIdentity identity,
      CloudClock clock,
      Topics topics,
      Deliveries deliveries,
      TopicMetrics metrics) {
    this.identity = identity;
    this.clock = clock;
    this.topics = topics;
    this.deliveries = deliveries;
    this.metrics = metrics;
  }

  @Override
  public String publish(String topicArn, @Nullable String subject, String message, Caller caller) {
    return publish(topicArn, Publication.of(subject, message), caller).messageId();
  }

  /**
   * Publishes a message.
   *
   * @throws AwsError NotFound, AuthorizationError, InvalidParameter, ParameterValueInvalid,
   *     Throttling
   */
  Published publish(@Nullable String topicArn, Publication publication, Caller caller) {
    Topic topic = admitting(topicArn, caller);
    PublicationRules.check(topic, publication);
    return publish(topic, publication);
  }

  /** The topic, if its policy lets the caller publish. */
  Topic admitting(@Nullable String topicArn, Caller caller) {
    Topic topic = topics.get(topicArn);
    admit(topic, caller);
    return topic;
  }

  /** Publishes what was checked; what a FIFO topic had within five minutes, only once. */
  Published publish(Topic topic, Publication publication) {
    FifoOrder order = topic.order();
    if (order == null) {
      return send(topic, publication, null, null);
    }
    String deduplicationId = deduplicationId(publication);
    String key =
        topic.deduplicatesInGroups()
            ? publication.groupId() + " " + deduplicationId
            : deduplicationId;
    synchronized (order) {
      Published before = order.find(key);
      if (before != null) {
        return before;
      }
      Published published = send(topic, publication, order.next(), deduplicationId);
      order.add(key, published);
      return published;
    }
  }

  private Published send(
      Topic topic,
      Publication publication,
      @Nullable String sequenceNumber,
      @Nullable String deduplicationId) {
    String message = Objects.requireNonNull(publication.message());
    Map<String, String> byProtocol = PublicationRules.byProtocol(publication);
    Notification notification =
        new Notification(
            UUID.randomUUID().toString(),
            topic.arn,
            publication.subject(),
            byProtocol.getOrDefault("default", message),
            byProtocol,
            publication.attributes(),
            new Notification.Place(sequenceNumber, publication.groupId(), deduplicationId),
            clock.now(),
            PublicationRules.bytes(publication));
    deliveries.admit(topic.ordered());
    metrics.published(topic.arn, notification.bytes());
    topic.ordered().forEach(subscription -> offer(notification, subscription));
    return new Published(notification.messageId(), sequenceNumber);
  }

  /** What makes a message the same as another: an id of the publisher's, or its text. */
  private static String deduplicationId(Publication publication) {
    String given = publication.deduplicationId();
    if (given != null) {
      return given;
    }
    byte[] text = String.valueOf(publication.message()).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void offer(Notification notification, Subscription to) {
    if (to.pending()) {
      return;
    }
    if (passes(notification, to)) {
      deliveries.accept(notification, to);
    } else {
      metrics.filteredOut(to.topicArn);
    }
  }

  private static boolean passes(Notification notification, Subscription to) {
    String policy = to.attributes.get("FilterPolicy");
    if (policy == null) {
      return true;
    }
    FilterPolicy filter = FilterPolicy.parse(policy);
    return "MessageBody".equals(to.attributes.get("FilterPolicyScope"))
        ? filter.matchesBody(notification.textFor(to.protocol))
        : filter.matchesAttributes(notification.attributes());
  }

  /** A service has no identity policy: the topic's policy alone decides. */
  private void admit(Topic topic, Caller caller) {
    if (!(caller instanceof Caller.ServicePrincipal)) {
      return;
    }
    RequestContext request = RequestContext.of(caller, "sns:Publish", topic.arn, identity);
    if (Policy.parse(topic.policy()).decide(request) != Decision.ALLOW) {
      throw AwsError.accessDenied(
          "AuthorizationError",
          "User: "
              + caller.arn()
              + " is not authorized to perform: SNS:Publish on resource: "
              + topic.arn);
    }
  }
}
