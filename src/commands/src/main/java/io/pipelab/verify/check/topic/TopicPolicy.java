package io.pipelab.verify.check.topic;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyDoors;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** A topic's policy lets in these publishers and nobody else. */
public record TopicPolicy(String topic, PolicyDoors doors) implements Check {
  public static final CheckType TYPE =
      CheckType.named("topic-policy")
          .needs("topic", "allow")
          .madeBy(settings -> new TopicPolicy(settings.text("topic"), PolicyDoors.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(doors.words());
    Map<String, String> attributes;
    try {
      attributes =
          scope.clients().sns().getTopicAttributes(get -> get.topicArn(topic)).attributes();
    } catch (NotFoundException e) {
      return claim.lacks("there is no topic " + TopicExists.name(topic)).fixedBy(fix());
    }
    return doors.judge(claim, attributes.getOrDefault("Policy", "")).fixedBy(fix());
  }

  private ShellCommand fix() {
    return ShellCommand.of(
        "aws",
        "sns",
        "set-topic-attributes",
        "--topic-arn",
        topic,
        "--attribute-name",
        "Policy",
        "--attribute-value",
        doors.document());
  }
}
