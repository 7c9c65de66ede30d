package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.TableSweep;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * No message of the last load is lost: each waits, is in flight, was given up, or is stored. Only
 * too few are told: messages of others in the queues hide as many that are missing.
 *
 * @param run the name of the items' attribute that holds the run id
 */
public record MessagesKept(
    String queue, String deadLetterQueue, String table, String run, Found found) implements Check {
  public static final CheckType TYPE =
      CheckType.named("messages-kept")
          .needs("queue", "deadLetterQueue", "table", "run")
          // GetQueueAttributes: the counts are right about a minute after the last message.
          .within(Duration.ofMinutes(1))
          .madeBy(
              settings ->
                  new MessagesKept(
                      settings.text("queue"),
                      settings.text("deadLetterQueue"),
                      settings.text("table"),
                      settings.text("run"),
                      new Found()));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.load().isEmpty()) {
      return Observation.expect("a load").skipped("nothing was loaded");
    }
    LoadRecord load = scope.load().get();
    Claim claim = Observation.expect("all " + load.items() + " messages of " + load.runId());
    boolean whole;
    try {
      whole = found.readOn(this, scope, load.runId());
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("a queue is gone");
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    if (found.messages >= load.items()) {
      return claim.holds("none is lost");
    }
    return whole
        ? claim.lacks(
            (load.items() - found.messages)
                + " are neither in the queues nor in the table "
                + table)
        : claim.notYet(found.messages + " found so far, the table has more");
  }

  private ScanRequest countOf(String runId) {
    return ScanRequest.builder()
        .tableName(table)
        .select(Select.COUNT)
        .filterExpression("#run = :run")
        .expressionAttributeNames(Map.of("#run", run))
        .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId)))
        .build();
  }

  /** The messages that one sweep found so far. */
  static final class Found {
    private final TableSweep sweep = new TableSweep();
    private long messages;

    /** In the order in which a message moves: it is seen twice rather than not at all. */
    private boolean readOn(MessagesKept check, CheckScope scope, String runId) {
      if (sweep.isAtBeginning()) {
        messages =
            QueueDepth.held(scope, check.queue) + QueueDepth.held(scope, check.deadLetterQueue);
      }
      return sweep.readOn(
          scope.clients().dynamoDb(), check.countOf(runId), page -> messages += page.count());
    }
  }
}
