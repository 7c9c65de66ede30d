package io.pipelab.verify.check.function;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * A function's metrics count what its log tells: as many Invocations and Durations as REPORT lines,
 * as many Errors as invocations that failed, and no Throttles.
 */
public record InvocationMetrics(String function, String logGroup) implements Check {
  /** What one GetMetricStatistics answers at most. */
  private static final int MOST_DATAPOINTS = 1440;

  public static final CheckType TYPE =
      CheckType.named("invocation-metrics")
          .needs("function", "logGroup")
          .within(Duration.ofMinutes(10))
          .madeBy(
              settings ->
                  new InvocationMetrics(settings.text("function"), settings.text("logGroup")));

  /** What is compared. */
  private record Counts(long invocations, long durations, long errors, long throttles) {
    @Override
    public String toString() {
      return "Invocations %d, Duration of %d, Errors %d, Throttles %d"
          .formatted(invocations, durations, errors, throttles);
    }
  }

  @Override
  public Observation look(CheckScope scope) {
    Invocations told;
    try {
      told = Invocations.of(scope.clients().logs(), logGroup);
    } catch (ResourceNotFoundException e) {
      return Observation.expect("metrics of " + function).lacks("there is no log group");
    }
    long count = told.reports().size();
    Counts expected = new Counts(count, count, told.failed(), 0);
    Claim claim = Observation.expect(expected.toString());
    Instant start = told.since().truncatedTo(ChronoUnit.MINUTES);
    Counts seen =
        new Counts(
            metric(scope, "Invocations", Statistic.SUM, start),
            metric(scope, "Duration", Statistic.SAMPLE_COUNT, start),
            metric(scope, "Errors", Statistic.SUM, start),
            metric(scope, "Throttles", Statistic.SUM, start));
    if (seen.equals(expected) && count > 0) {
      return claim.holds(seen.toString());
    }
    return seen.throttles() > 0 || seen.errors() > expected.errors()
        ? claim.lacks(seen.toString())
        : claim.notYet(seen.toString());
  }

  private long metric(CheckScope scope, String name, Statistic statistic, Instant start) {
    Instant end = scope.now().plus(1, ChronoUnit.MINUTES);
    long minutes = Math.max(1, Duration.between(start, end).toMinutes() + 1);
    int period = (int) (60 * ((minutes + MOST_DATAPOINTS - 1) / MOST_DATAPOINTS));
    return Math.round(
        scope
            .clients()
            .cloudWatch()
            .getMetricStatistics(
                get ->
                    get.namespace("AWS/Lambda")
                        .metricName(name)
                        .dimensions(
                            Dimension.builder().name("FunctionName").value(function).build())
                        .startTime(start)
                        .endTime(end)
                        .period(period)
                        .statistics(statistic))
            .datapoints()
            .stream()
            .mapToDouble(point -> value(point, statistic))
            .sum());
  }

  private static double value(Datapoint point, Statistic statistic) {
    return statistic == Statistic.SUM ? point.sum() : point.sampleCount();
  }
}
