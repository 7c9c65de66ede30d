package io.pipelab.local.sns;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.ConfirmSubscriptionRequest;
import software.amazon.awssdk.services.sns.model.ConfirmSubscriptionResponse;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;

/** Subscriptions: their life, confirmation and attributes. */
final class SubscriptionActions {
  private static final String PENDING = "PendingConfirmation";
  private static final String FIFO = ".fifo";

  private final CloudIdentity identity;
  private final Topics topics;
  private final Outbox outbox;

  SubscriptionActions(CloudIdentity identity, Topics topics, Outbox outbox) {
    this.identity = identity;
    this.topics = topics;
    this.outbox = outbox;
  }

  void addTo(Actions actions) {
    actions
        .on(SubscribeRequest.class, this::subscribe)
        .on(ConfirmSubscriptionRequest.class, this::confirmSubscription)
        .on(UnsubscribeRequest.class, this::unsubscribe)
        .on(ListSubscriptionsRequest.class, this::listSubscriptions)
        .on(ListSubscriptionsByTopicRequest.class, this::listSubscriptionsByTopic)
        .on(GetSubscriptionAttributesRequest.class, this::getSubscriptionAttributes)
        .on(SetSubscriptionAttributesRequest.class, this::setSubscriptionAttributes);
  }

  private SubscribeResponse subscribe(SubscribeRequest request) {
    Subscription made =
        subscribe(request.topicArn(), request.protocol(), request.endpoint(), request.attributes());
    boolean hidden = made.pending() && !Boolean.TRUE.equals(request.returnSubscriptionArn());
    return SubscribeResponse.builder()
        .subscriptionArn(hidden ? "pending confirmation" : made.arn)
        .build();
  }

  /** Subscribes an endpoint; an email address gets its confirmation mail. */
  Subscription subscribe(
      String topicArn,
      @Nullable String protocolName,
      @Nullable String endpoint,
      Map<String, String> attributes) {
    Topic topic = topics.get(topicArn);
    Protocol protocol = protocol(topic, protocolName == null ? "" : protocolName);
    String target = checkedEndpoint(topic, protocol, endpoint);
    requireFifoDeadLetters(topic, target, attributes);
    Subscription draft = new Subscription("", topicArn, protocol, target, "");
    SubscriptionAttributes.set(draft, attributes);
    Topics.Subscribed subscribed = topics.subscribe(topic, protocol, target, attributes);
    Subscription made = subscribed.subscription();
    if (!subscribed.created()) {
      requireSame(made, attributes);
    } else if (protocol == Protocol.EMAIL) {
      outbox.send(
          target,
          "AWS Notification - Subscription Confirmation",
          "To confirm the subscription to "
              + topicArn
              + " run:\n  aws --endpoint-url "
              + identity.endpoint()
              + " sns confirm-subscription --topic-arn "
              + topicArn
              + " --token "
              + made.token);
    }
    return made;
  }

  /** FIFO topics deliver to queues alone. */
  private static Protocol protocol(Topic topic, String name) {
    if (topic.fifo() && Protocol.isKnown(name) && !name.equals(Protocol.SQS.word())) {
      throw invalid("Invalid protocol type: " + name);
    }
    return Protocol.parse(name);
  }

  private static void requireFifoDeadLetters(
      Topic topic, String endpoint, Map<String, String> attributes) {
    String policy = attributes.getOrDefault("RedrivePolicy", "");
    if (topic.fifo() && endpoint.endsWith(FIFO) && !policy.isEmpty()) {
      SubscriptionAttributes.requireFifoDeadLetters(policy);
    }
  }

  /** Subscribing once more finds the subscription, but does not change it. */
  private static void requireSame(Subscription made, Map<String, String> attributes) {
    if (!SubscriptionAttributes.shown(made).entrySet().containsAll(attributes.entrySet())) {
      throw invalid("Attributes Reason: Subscription already exists with different attributes");
    }
  }

  private static String checkedEndpoint(Topic topic, Protocol protocol, @Nullable String endpoint) {
    String target = endpoint == null ? "" : endpoint;
    boolean sound =
        switch (protocol) {
          case LAMBDA -> target.startsWith("arn:aws:lambda:");
          case SQS -> target.startsWith("arn:aws:sqs:");
          case EMAIL -> target.matches("[^@\\s]+@[^@\\s]+");
        };
    if (protocol == Protocol.SQS && target.endsWith(FIFO) && !topic.fifo()) {
      throw AwsError.badRequest(
          "InvalidParameter",
          "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be"
              + " subscribed to standard SNS topics");
    }
    if (!sound) {
      throw invalid(
          switch (protocol) {
            case LAMBDA -> "Lambda endpoint ARN";
            case SQS -> "SQS endpoint ARN";
            case EMAIL -> "Email address";
          });
    }
    return target;
  }

  private ConfirmSubscriptionResponse confirmSubscription(ConfirmSubscriptionRequest request) {
    Topic topic = topics.find(request.topicArn()).orElseThrow(() -> invalid("Token"));
    for (Subscription subscription : topic.subscriptions.values()) {
      if (subscription.token.equals(request.token())) {
        subscription.confirm();
        return ConfirmSubscriptionResponse.builder().subscriptionArn(subscription.arn).build();
      }
    }
    throw invalid("Token");
  }

  private UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
    String arn = request.subscriptionArn();
    if (arn.isEmpty()) {
      throw invalid("SubscriptionArn Reason: no value for required parameter");
    }
    Topics.requireArn("SubscriptionArn", arn);
    if (arn.split(":", -1).length < 7) {
      throw invalid("SubscriptionId");
    }
    topics.unsubscribe(arn);
    return UnsubscribeResponse.builder().build();
  }

  private ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
    Page<Subscription> page = Page.of(topics.subscriptions(), request.nextToken());
    return ListSubscriptionsResponse.builder()
        .subscriptions(models(page.items()))
        .nextToken(page.next())
        .build();
  }

  private ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
      ListSubscriptionsByTopicRequest request) {
    List<Subscription> all = topics.get(request.topicArn()).ordered();
    Page<Subscription> page = Page.of(all, request.nextToken());
    return ListSubscriptionsByTopicResponse.builder()
        .subscriptions(models(page.items()))
        .nextToken(page.next())
        .build();
  }

  private List<software.amazon.awssdk.services.sns.model.Subscription> models(
      List<Subscription> subscriptions) {
    return subscriptions.stream()
        .map(
            each ->
                software.amazon.awssdk.services.sns.model.Subscription.builder()
                    .subscriptionArn(each.pending() ? PENDING : each.arn)
                    .owner(identity.account())
                    .protocol(each.protocol.word())
                    .endpoint(each.endpoint)
                    .topicArn(each.topicArn)
                    .build())
        .toList();
  }

  private GetSubscriptionAttributesResponse getSubscriptionAttributes(
      GetSubscriptionAttributesRequest request) {
    Subscription found = topics.subscription(request.subscriptionArn());
    Map<String, String> attributes = SubscriptionAttributes.shown(found);
    attributes.put("SubscriptionArn", found.arn);
    attributes.put("TopicArn", found.topicArn);
    attributes.put("Owner", identity.account());
    attributes.put("Protocol", found.protocol.word());
    attributes.put("Endpoint", found.endpoint);
    attributes.put("PendingConfirmation", String.valueOf(found.pending()));
    attributes.put("ConfirmationWasAuthenticated", String.valueOf(!found.pending()));
    attributes.put("SubscriptionPrincipal", identity.globalArn("iam", "root"));
    return GetSubscriptionAttributesResponse.builder().attributes(attributes).build();
  }

  private SetSubscriptionAttributesResponse setSubscriptionAttributes(
      SetSubscriptionAttributesRequest request) {
    String value = request.attributeValue() == null ? "" : request.attributeValue();
    Subscription subscription = topics.subscription(request.subscriptionArn());
    Map<String, String> change = Map.of(request.attributeName(), value);
    requireFifoDeadLetters(topics.get(subscription.topicArn), subscription.endpoint, change);
    SubscriptionAttributes.set(subscription, change);
    return SetSubscriptionAttributesResponse.builder().build();
  }

  private static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
