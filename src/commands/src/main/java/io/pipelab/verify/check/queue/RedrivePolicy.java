package io.pipelab.verify.check.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyJson;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue hands a message to its dead-letter queue after so many receives. */
public record RedrivePolicy(String queue, String deadLetterQueue, long maxReceiveCount)
    implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static final CheckType TYPE =
      CheckType.named("redrive-policy")
          .needs("queue", "deadLetterQueue", "maxReceiveCount")
          .madeBy(
              settings ->
                  new RedrivePolicy(
                      settings.text("queue"),
                      settings.text("deadLetterQueue"),
                      settings.number("maxReceiveCount")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words(deadLetterQueue, maxReceiveCount));
    Map<String, String> attributes;
    try {
      attributes = QueueAttributes.of(scope.clients().sqs(), queue);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("there is no queue " + QueueAttributes.name(queue)).fixedBy(fix());
    }
    String policy = attributes.get("RedrivePolicy");
    if (policy == null) {
      return claim.never("no dead-letter queue").fixedBy(fix());
    }
    JsonNode json;
    try {
      json = JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      return claim.never("a redrive policy that is not valid JSON: " + policy).fixedBy(fix());
    }
    String target = json.path("deadLetterTargetArn").asText();
    long count = json.path("maxReceiveCount").asLong();
    boolean same = target.equals(deadLetterQueue) && count == maxReceiveCount;
    return same
        ? claim.holds(words(target, count))
        : claim.never(words(target, count)).fixedBy(fix());
  }

  private ShellCommand fix() {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("deadLetterTargetArn", deadLetterQueue);
    policy.put("maxReceiveCount", maxReceiveCount);
    return QueueAttributes.set(queue, Map.of("RedrivePolicy", PolicyJson.text(policy)));
  }

  private static String words(String arn, long count) {
    return "to " + arn.substring(arn.lastIndexOf(':') + 1) + " after " + count + " receives";
  }
}
