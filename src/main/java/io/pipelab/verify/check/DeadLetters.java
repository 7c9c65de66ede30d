package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A dead-letter queue holds exactly the messages that were meant to fail. */
record DeadLetters(String queue, LoadBound bound) implements Check {
  static final CheckType TYPE =
      CheckType.named("dead-letters")
          .needs("queue")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(15))
          .madeBy(settings -> new DeadLetters(settings.text("queue"), LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    long expected = expected(scope);
    Claim claim = Observation.expect(expected + " dead letters");
    Map<String, String> attributes;
    try {
      attributes = QueueAttributes.of(scope.clients().sqs(), queue);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("there is no queue " + QueueAttributes.name(queue));
    }
    long letters =
        QueueDepth.number(attributes, "ApproximateNumberOfMessages")
            + QueueDepth.number(attributes, "ApproximateNumberOfMessagesNotVisible");
    String actual = letters + " dead letters";
    if (letters > expected) {
      return claim.never(actual);
    }
    return letters == expected ? claim.holds(actual) : claim.notYet(actual);
  }

  /** Those of all loads: nobody empties the queue. A last load that moved nothing adds none. */
  private long expected(CheckScope scope) {
    List<LoadRecord> moved =
        bound.moves(scope) ? scope.loads() : scope.loads().subList(0, scope.loads().size() - 1);
    return moved.stream().mapToLong(LoadRecord::poison).sum();
  }
}
