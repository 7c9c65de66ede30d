package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.AbsurdAnswer;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A queue holds so many messages, visible ones and those in flight together. When the load was too
 * small to set anything moving, it holds exactly what was sent.
 */
public record QueueDepth(String queue, long count, LoadBound bound) implements Check {
  public static final CheckType TYPE =
      CheckType.named("queue-depth")
          .needs("queue", "equals")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new QueueDepth(
                      settings.text("queue"), settings.number("equals"), LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    boolean moves = bound.moves(scope);
    long expected = moves ? count : scope.load().map(LoadRecord::backlog).orElse(0L);
    Claim claim =
        Observation.expect(
            (moves ? "" : bound.why(scope)) + "depth " + expected + ", none in flight");
    Map<String, String> attributes;
    try {
      attributes = QueueAttributes.of(scope.clients().sqs(), queue);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("there is no queue " + QueueAttributes.name(queue));
    }
    long visible = number(attributes, "ApproximateNumberOfMessages");
    long inFlight = number(attributes, "ApproximateNumberOfMessagesNotVisible");
    long delayed = delayed(attributes);
    String actual =
        "depth "
            + visible
            + ", "
            + inFlight
            + " in flight"
            + (delayed == 0 ? "" : ", " + delayed + " delayed");
    boolean holds = visible == expected && inFlight == 0 && delayed == 0;
    return holds ? claim.holds(actual) : claim.notYet(actual);
  }

  /** All that a queue holds: visible, in flight, and delayed. */
  public static long held(CheckScope scope, String queueUrl) {
    Map<String, String> attributes = QueueAttributes.of(scope.clients().sqs(), queueUrl);
    return number(attributes, "ApproximateNumberOfMessages")
        + number(attributes, "ApproximateNumberOfMessagesNotVisible")
        + delayed(attributes);
  }

  /** Some emulators do not tell it, and delay nothing. */
  private static long delayed(Map<String, String> attributes) {
    String name = "ApproximateNumberOfMessagesDelayed";
    return attributes.containsKey(name) ? number(attributes, name) : 0;
  }

  /**
   * A count among a queue's attributes, which SQS always gives.
   *
   * @throws AbsurdAnswer when it is missing or not a number
   */
  public static long number(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new AbsurdAnswer("a queue without " + name, null);
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new AbsurdAnswer(name + " \"" + value + "\", which is not a number", e);
    }
  }
}
