package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A queue hides a received message at least as long as the function that works on it may run: else
 * the message is received a second time while the first call still works. Lambda refuses such a
 * trigger, but not a change of the queue or the function afterwards.
 */
public record VisibilityCoversTimeout(String queue, String function) implements Check {
  private static final String ATTRIBUTE = "VisibilityTimeout";

  /** AWS, "Configuring a queue to use with Lambda": six times the function's timeout. */
  private static final int ADVISED = 6;

  private static final long LONGEST = 43_200;

  public static final CheckType TYPE =
      CheckType.named("visibility-covers-timeout")
          .needs("queue", "function")
          .madeBy(
              settings ->
                  new VisibilityCoversTimeout(settings.text("queue"), settings.text("function")));

  @Override
  public Observation look(CheckScope scope) {
    Claim any =
        Observation.expect(
            QueueAttributes.name(queue) + " hides a message as long as " + function + " may run");
    long timeout;
    long hidden;
    try {
      timeout =
          scope
              .clients()
              .lambda()
              .getFunctionConfiguration(get -> get.functionName(function))
              .timeout();
      hidden = QueueDepth.number(QueueAttributes.of(scope.clients().sqs(), queue), ATTRIBUTE);
    } catch (ResourceNotFoundException e) {
      return any.lacks("there is no function " + function);
    } catch (QueueDoesNotExistException e) {
      return any.lacks("there is no queue " + QueueAttributes.name(queue));
    }
    Claim claim =
        Observation.expect(
            "%s hides a message for %d s or more, the timeout of %s"
                .formatted(QueueAttributes.name(queue), timeout, function));
    String actual = hidden + " s";
    String good = String.valueOf(Math.min(LONGEST, ADVISED * timeout));
    return hidden >= timeout
        ? claim.holds(actual)
        : claim.never(actual).fixedBy(QueueAttributes.set(queue, Map.of(ATTRIBUTE, good)));
  }
}
