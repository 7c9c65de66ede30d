package io.pipelab.verify.check.queue;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyJson;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** An SQS queue has these attributes. */
public record QueueAttributes(String queue, Map<String, String> attributes) implements Check {
  public static final CheckType TYPE =
      CheckType.named("queue-attributes")
          .needs("queue", "attributes")
          .madeBy(
              settings -> new QueueAttributes(settings.text("queue"), settings.map("attributes")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(attributes.isEmpty() ? name(queue) : sentence(attributes));
    Map<String, String> has;
    try {
      has = of(scope.clients().sqs(), queue);
    } catch (QueueDoesNotExistException e) {
      return claim
          .lacks("there is no queue " + name(queue))
          .fixedBy(
              "aws",
              "sqs",
              "create-queue",
              "--queue-name",
              name(queue),
              "--attributes",
              PolicyJson.text(attributes));
    }
    Map<String, String> seen = new TreeMap<>(has);
    seen.keySet().retainAll(attributes.keySet());
    String actual = attributes.isEmpty() ? name(queue) : sentence(seen);
    return seen.equals(attributes)
        ? claim.holds(actual)
        : claim.never(actual).fixedBy(set(queue, attributes));
  }

  /** All attributes of a queue, by their API names. */
  public static Map<String, String> of(SqsClient sqs, String queue) {
    return sqs.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings();
  }

  /** The call that gives a queue these attributes. */
  static ShellCommand set(String queue, Map<String, String> attributes) {
    return ShellCommand.of(
        "aws",
        "sqs",
        "set-queue-attributes",
        "--queue-url",
        queue,
        "--attributes",
        PolicyJson.text(attributes));
  }

  /** The queue's name: the last part of its URL. */
  public static String name(String queue) {
    return queue.substring(queue.lastIndexOf('/') + 1);
  }

  private String sentence(Map<String, String> those) {
    return name(queue) + " with " + words(those);
  }

  private static String words(Map<String, String> attributes) {
    return attributes.isEmpty()
        ? "nothing of it"
        : String.join(
            ", ",
            attributes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList());
  }
}
