package io.pipelab.verify.check.topic;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** An SNS topic is there. */
public record TopicExists(String topic) implements Check {
  public static final CheckType TYPE =
      CheckType.named("topic-exists")
          .needs("topic")
          .madeBy(settings -> new TopicExists(settings.text("topic")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("topic " + name(topic));
    try {
      String found =
          scope
              .clients()
              .sns()
              .getTopicAttributes(get -> get.topicArn(topic))
              .attributes()
              .get("TopicArn");
      return topic.equals(found)
          ? claim.holds("topic " + name(topic))
          : claim.lacks("the target returned the attributes of " + found);
    } catch (NotFoundException e) {
      return claim
          .lacks("there is no topic " + name(topic))
          .fixedBy("aws", "sns", "create-topic", "--name", name(topic));
    }
  }

  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
