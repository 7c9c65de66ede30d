package io.pipelab.verify.check.topic;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * A topic delivers everything to an endpoint: the subscription is confirmed, and has no filter.
 *
 * @param raw whether it gets the bare message and not SNS's envelope: {@code true}, {@code false},
 *     or {@code any}
 */
public record TopicSubscription(String topic, String protocol, String endpoint, String raw)
    implements Check {
  private static final String ANY = "any";

  public static final CheckType TYPE =
      CheckType.named("subscription")
          .needs("topic", "protocol", "endpoint")
          .takes("raw")
          .madeBy(
              settings ->
                  new TopicSubscription(
                      settings.text("topic"),
                      settings.text("protocol"),
                      settings.text("endpoint"),
                      settings.textOr("raw", ANY)));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words(protocol, endpoint));
    List<Subscription> subscriptions;
    try {
      subscriptions =
          scope
              .clients()
              .sns()
              .listSubscriptionsByTopicPaginator(list -> list.topicArn(topic))
              .subscriptions()
              .stream()
              .toList();
    } catch (NotFoundException e) {
      return claim.lacks("there is no topic " + TopicExists.name(topic)).fixedBy(subscribe());
    }
    for (Subscription one : subscriptions) {
      if (one.protocol().equals(protocol) && one.endpoint().equals(endpoint)) {
        return one.subscriptionArn().startsWith("arn:")
            ? judge(claim, scope, one)
            : claim.lacks("the subscription is " + one.subscriptionArn());
      }
    }
    return claim
        .never(
            subscriptions.isEmpty()
                ? TopicExists.name(topic) + " has no subscription"
                : "only " + others(subscriptions))
        .fixedBy(subscribe());
  }

  private ShellCommand subscribe() {
    List<String> call = new ArrayList<>(List.of("aws", "sns", "subscribe", "--topic-arn", topic));
    call.addAll(List.of("--protocol", protocol, "--notification-endpoint", endpoint));
    if (raw.equals("true")) {
      call.addAll(List.of("--attributes", "RawMessageDelivery=true"));
    }
    return new ShellCommand(List.of(call));
  }

  /** A filter keeps messages back, silently; a bare message is not what functions look for. */
  private Observation judge(Claim claim, CheckScope scope, Subscription one) {
    Map<String, String> attributes =
        scope
            .clients()
            .sns()
            .getSubscriptionAttributes(get -> get.subscriptionArn(one.subscriptionArn()))
            .attributes();
    String filter = attributes.getOrDefault("FilterPolicy", "{}");
    if (!filter.equals("{}")) {
      return claim
          .never("the subscription lets through only " + filter)
          .fixedBy(set(one, "FilterPolicy", "{}"));
    }
    String isRaw = attributes.getOrDefault("RawMessageDelivery", "false");
    return raw.equals(ANY) || raw.equals(isRaw)
        ? claim.holds(words(protocol, endpoint))
        : claim
            .never("RawMessageDelivery is " + isRaw + ", not " + raw)
            .fixedBy(set(one, "RawMessageDelivery", raw));
  }

  private static ShellCommand set(Subscription one, String attribute, String value) {
    return ShellCommand.of(
        "aws",
        "sns",
        "set-subscription-attributes",
        "--subscription-arn",
        one.subscriptionArn(),
        "--attribute-name",
        attribute,
        "--attribute-value",
        value);
  }

  private static String others(List<Subscription> subscriptions) {
    return String.join(
        ", ", subscriptions.stream().map(one -> words(one.protocol(), one.endpoint())).toList());
  }

  private static String words(String protocol, String endpoint) {
    return protocol + " " + endpoint;
  }
}
