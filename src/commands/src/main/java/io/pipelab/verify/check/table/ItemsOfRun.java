package io.pipelab.verify.check.table;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.ExactCount;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * A table holds every message of the last load once, written by no more hosts than there were
 * tasks. The settings {@code run}, {@code sequence} and {@code host} name the items' attributes.
 */
public record ItemsOfRun(
    String table,
    String run,
    String sequence,
    String host,
    long hostsAtMost,
    LoadBound bound,
    ItemsSeen seen)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("items-of-run")
          .needs("table", "run", "sequence", "host", "hostsAtMost")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new ItemsOfRun(
                      settings.text("table"),
                      settings.text("run"),
                      settings.text("sequence"),
                      settings.text("host"),
                      settings.number("hostsAtMost"),
                      LoadBound.of(settings),
                      new ItemsSeen(settings.text("host"), settings.text("sequence"))));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.load().isEmpty()) {
      return Observation.expect("the items of a load").skipped("nothing was loaded");
    }
    LoadRecord load = scope.load().get();
    boolean moves = bound.moves(scope);
    Claim claim =
        Observation.expect(
            moves
                ? load.items()
                    + " items of "
                    + load.runId()
                    + " from 1 to "
                    + hostsAtMost
                    + " hosts"
                : bound.why(scope) + "no item of " + load.runId());
    boolean whole;
    try {
      whole = seen.readOn(scope.clients().dynamoDb(), itemsOf(load.runId()));
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    String items = seen.items() + " items" + (moves ? " from " + seen.hosts() + " hosts" : "");
    String actual = whole ? items : items + " so far, the table has more";
    if (moves && seen.twice() > 0) {
      return claim.never(
          actual + ", " + seen.twice() + " of them with a sequence number of another");
    }
    long expected = moves ? load.items() : 0;
    if (seen.items() > expected || (moves && seen.hosts() > hostsAtMost)) {
      return claim.never(actual);
    }
    return whole
        ? ExactCount.judge(claim, expected, seen.items(), actual, bound, scope)
        : claim.notYet(actual);
  }

  private ScanRequest itemsOf(String runId) {
    return ScanRequest.builder()
        .tableName(table)
        .filterExpression("#run = :run")
        .projectionExpression("#host, #sequence")
        .expressionAttributeNames(Map.of("#run", run, "#host", host, "#sequence", sequence))
        .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId)))
        .build();
  }
}
