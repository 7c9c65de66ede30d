package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** An SNS topic is there. */
record TopicExists(String topic) implements Check {
  static final CheckType TYPE =
      CheckType.named("topic-exists")
          .needs("topic")
          .madeBy(settings -> new TopicExists(settings.text("topic")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("topic " + name(topic));
    try {
      scope.clients().sns().getTopicAttributes(get -> get.topicArn(topic));
      return claim.holds("topic " + name(topic));
    } catch (NotFoundException e) {
      return claim.lacks("there is no topic " + name(topic));
    }
  }

  static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
