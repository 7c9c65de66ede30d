package io.pipelab.verify.check.function;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.function.Invocations.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Every invocation of a function ended with a REPORT line that has its fields: RequestId, Duration,
 * Billed Duration, Memory Size, Max Memory Used, and Init Duration of the first one.
 *
 * @param memory the Memory Size in MB; empty for any
 */
public record ReportLines(String logGroup, OptionalLong memory) implements Check {
  public static final CheckType TYPE =
      CheckType.named("report-lines")
          .needs("logGroup")
          .takes("memory")
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings ->
                  new ReportLines(settings.text("logGroup"), settings.numberIfAny("memory")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "a REPORT%s for each invocation in %s"
                .formatted(
                    memory.isPresent() ? " of " + memory.getAsLong() + " MB" : "", logGroup));
    Invocations seen;
    try {
      seen = Invocations.of(scope.clients().logs(), logGroup);
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    List<String> wrong = new ArrayList<>();
    seen.malformed().forEach(line -> wrong.add("lacks a field: " + line));
    seen.reports()
        .forEach(
            (id, report) -> {
              if (memory.isPresent() && report.memory() != memory.getAsLong()) {
                wrong.add("Memory Size " + report.memory() + " MB of " + id);
              }
            });
    if (!wrong.isEmpty()) {
      return claim.never(String.join("; ", wrong));
    }
    long open = seen.started().stream().filter(id -> !seen.reports().containsKey(id)).count();
    String actual = seen.started().size() + " invocations, " + seen.reports().size() + " reports";
    if (seen.started().isEmpty() || open > 0) {
      return claim.notYet(actual);
    }
    if (seen.reports().values().stream().noneMatch(Report::init)) {
      return claim.never(actual + ", none with an Init Duration");
    }
    int used = seen.reports().values().stream().mapToInt(Report::used).max().orElse(0);
    return claim.holds(actual + ", at most " + used + " MB used");
  }
}
