package io.pipelab.verify.check.cloudwatch;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.ExactCount;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** A metric's sum since the load is a number. */
public record MetricSum(
    String namespace, String metric, Map<String, String> dimensions, long count, LoadBound bound)
    implements Check {
  /** What one GetMetricStatistics answers at most. */
  private static final int MOST_DATAPOINTS = 1440;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  public static final CheckType TYPE =
      CheckType.named("metric-sum")
          .needs("namespace", "metric", "dimensions", "equals")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(10))
          .madeBy(
              settings ->
                  new MetricSum(
                      settings.text("namespace"),
                      settings.text("metric"),
                      settings.map("dimensions"),
                      settings.number("equals"),
                      LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    boolean moves = bound.moves(scope);
    long expected = moves ? count : 0;
    Claim claim = Observation.expect((moves ? "" : bound.why(scope)) + metric + " " + expected);
    long sum = since(scope, LoadBound.sinceMinute(scope));
    return ExactCount.judge(claim, expected, sum, metric + " " + sum, bound, scope);
  }

  /** The metric's sum from a full minute until now. */
  public long since(CheckScope scope, Instant start) {
    Instant end = scope.now().plus(MINUTE);
    long minutes = Math.max(1, Duration.between(start, end).toMinutes());
    int period = (int) (60 * ((minutes + MOST_DATAPOINTS - 1) / MOST_DATAPOINTS));
    List<Datapoint> points =
        scope
            .clients()
            .cloudWatch()
            .getMetricStatistics(
                get ->
                    get.namespace(namespace)
                        .metricName(metric)
                        .dimensions(
                            dimensions.entrySet().stream()
                                .map(
                                    entry ->
                                        Dimension.builder()
                                            .name(entry.getKey())
                                            .value(entry.getValue())
                                            .build())
                                .toList())
                        .startTime(start)
                        .endTime(end)
                        .period(period)
                        .statistics(Statistic.SUM))
            .datapoints();
    return Math.round(points.stream().mapToDouble(Datapoint::sum).sum());
  }
}
