package io.pipelab.verify.check.cloudwatch;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** A log group is there and keeps its events for some days. */
public record LogRetention(String logGroup, long days) implements Check {
  public static final CheckType TYPE =
      CheckType.named("log-retention")
          .needs("logGroup", "days")
          .madeBy(settings -> new LogRetention(settings.text("logGroup"), settings.number("days")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(logGroup + " keeps events for " + days + " days");
    Optional<LogGroup> found =
        scope
            .clients()
            .logs()
            .describeLogGroupsPaginator(describe -> describe.logGroupNamePrefix(logGroup))
            .logGroups()
            .stream()
            .filter(group -> group.logGroupName().equals(logGroup))
            .findFirst();
    if (found.isEmpty()) {
      return claim.lacks("there is no log group " + logGroup);
    }
    Integer has = found.get().retentionInDays();
    if (has != null && has == days) {
      return claim.holds("exactly that");
    }
    return claim
        .never("keeps them " + (has == null ? "for ever" : "for " + has + " days"))
        .fixedBy(
            "aws",
            "logs",
            "put-retention-policy",
            "--log-group-name",
            logGroup,
            "--retention-in-days",
            String.valueOf(days));
  }
}
