package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * No message of the last load is lost: each waits, is in flight, was given up, or is stored. Only
 * too few are told: messages of others in the queues hide as many that are missing.
 *
 * @param run the name of the items' attribute that holds the run id
 */
public record MessagesKept(String queue, String deadLetterQueue, String table, String run)
    implements Check {
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
                      settings.text("run")));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.load().isEmpty()) {
      return Observation.expect("a load").skipped("nothing was loaded");
    }
    LoadRecord load = scope.load().get();
    Claim claim = Observation.expect("all " + load.items() + " messages of " + load.runId());
    long found;
    try {
      // In the order in which a message moves: it is seen twice rather than not at all.
      found =
          QueueDepth.held(scope, queue)
              + QueueDepth.held(scope, deadLetterQueue)
              + stored(scope, load.runId());
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("a queue is gone");
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    return found >= load.items()
        ? claim.holds("none is lost")
        : claim.lacks(
            (load.items() - found) + " are neither in the queues nor in the table " + table);
  }

  private long stored(CheckScope scope, String runId) {
    return scope
        .clients()
        .dynamoDb()
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .select(Select.COUNT)
                    .filterExpression("#run = :run")
                    .expressionAttributeNames(Map.of("#run", run))
                    .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId))))
        .stream()
        .mapToLong(page -> page.count())
        .sum();
  }
}
