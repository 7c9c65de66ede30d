package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A dead-letter queue holds exactly the messages that were meant to fail.
 *
 * @param source the queue that they come from, as long as which holds messages more may come; empty
 *     when that is not looked at
 */
public record DeadLetters(String queue, String source, LoadBound bound) implements Check {
  public static final CheckType TYPE =
      CheckType.named("dead-letters")
          .needs("queue")
          .takes("source", LoadBound.SETTING)
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new DeadLetters(
                      settings.text("queue"),
                      settings.textOr("source", ""),
                      LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    long expected = expected(scope);
    Claim claim = Observation.expect(expected + " dead letters");
    boolean moreMayCome;
    long letters;
    try {
      moreMayCome = !source.isEmpty() && bound.moves(scope) && QueueDepth.held(scope, source) > 0;
      letters = QueueDepth.held(scope, queue);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("a queue is gone");
    }
    String actual = letters + " dead letters";
    if (letters > expected) {
      return claim.never(actual);
    }
    return letters == expected && !moreMayCome ? claim.holds(actual) : claim.notYet(actual);
  }

  /** Those of all loads: nobody empties the queue. A last load that moved nothing adds none. */
  private long expected(CheckScope scope) {
    List<LoadRecord> moved =
        bound.moves(scope) ? scope.loads() : scope.loads().subList(0, scope.loads().size() - 1);
    return moved.stream().mapToLong(LoadRecord::poison).sum();
  }
}
