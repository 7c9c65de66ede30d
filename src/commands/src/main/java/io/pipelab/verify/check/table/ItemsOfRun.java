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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * A table holds every message of the last load once, written by no more hosts than there were
 * tasks. The settings {@code run}, {@code sequence} and {@code host} name the items' attributes.
 */
public record ItemsOfRun(
    String table, String run, String sequence, String host, long hostsAtMost, LoadBound bound)
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
                      LoadBound.of(settings)));

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
    Seen seen;
    try {
      seen = read(scope, load.runId());
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    if (!moves) {
      return ExactCount.judge(claim, 0, seen.items, seen.items + " items", bound, scope);
    }
    String actual = seen.items + " items from " + seen.hosts.size() + " hosts";
    if (seen.sequences.size() < seen.items) {
      long twice = seen.items - seen.sequences.size();
      return claim.never(actual + ", " + twice + " of them with a sequence number of another");
    }
    if (seen.hosts.size() > hostsAtMost) {
      return claim.never(actual);
    }
    return ExactCount.judge(claim, load.items(), seen.items, actual, bound, scope);
  }

  private Seen read(CheckScope scope, String runId) {
    Seen seen = new Seen();
    scope
        .clients()
        .dynamoDb()
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .filterExpression("#run = :run")
                    .projectionExpression("#host, #sequence")
                    .expressionAttributeNames(
                        Map.of("#run", run, "#host", host, "#sequence", sequence))
                    .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId))))
        .items()
        .forEach(seen::add);
    return seen;
  }

  /** What the scan counted. */
  private final class Seen {
    private long items;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> sequences = new HashSet<>();

    private void add(Map<String, AttributeValue> item) {
      items++;
      hosts.add(String.valueOf(item.get(host)));
      sequences.add(String.valueOf(item.get(sequence)));
    }
  }
}
