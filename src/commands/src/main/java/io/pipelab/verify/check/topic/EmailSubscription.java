package io.pipelab.verify.check.topic;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * An address is subscribed to a topic; whether its owner has confirmed it is up to him.
 *
 * @param address {@code none} or empty when nobody shall be
 */
public record EmailSubscription(String topic, String address) implements Check {
  private static final String NONE = "none";

  public static final CheckType TYPE =
      CheckType.named("email-subscription")
          .needs("topic", "address")
          .madeBy(
              settings -> new EmailSubscription(settings.text("topic"), settings.text("address")));

  @Override
  public Observation look(CheckScope scope) {
    if (address.equals(NONE) || address.isEmpty()) {
      return Observation.expect("an email subscription")
          .skipped("no address was given: pipelab up with -P EmailAddress=you@example.com");
    }
    Claim claim = Observation.expect("email " + address);
    try {
      for (Subscription one :
          scope
              .clients()
              .sns()
              .listSubscriptionsByTopicPaginator(list -> list.topicArn(topic))
              .subscriptions()) {
        if (one.protocol().equals("email") && one.endpoint().equals(address)) {
          boolean confirmed = one.subscriptionArn().startsWith("arn:");
          return claim.holds(
              "email " + address + (confirmed ? ", confirmed" : ", its owner has yet to confirm"));
        }
      }
    } catch (NotFoundException e) {
      return claim.lacks("there is no topic " + TopicExists.name(topic));
    }
    return claim.never(address + " is not subscribed");
  }
}
