package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyDoors;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue's policy lets in these senders and nobody else. */
public record QueuePolicy(String queue, PolicyDoors doors) implements Check {
  public static final CheckType TYPE =
      CheckType.named("queue-policy")
          .needs("queue", "allow")
          .madeBy(settings -> new QueuePolicy(settings.text("queue"), PolicyDoors.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(QueueAttributes.name(queue) + " " + doors.words());
    Map<String, String> attributes;
    try {
      attributes = QueueAttributes.of(scope.clients().sqs(), queue);
    } catch (QueueDoesNotExistException e) {
      return claim
          .lacks("there is no queue " + QueueAttributes.name(queue))
          .fixedBy(QueueAttributes.set(queue, Map.of("Policy", doors.document())));
    }
    return doors
        .judge(claim, attributes.getOrDefault("Policy", ""))
        .fixedBy(QueueAttributes.set(queue, Map.of("Policy", doors.document())));
  }
}
