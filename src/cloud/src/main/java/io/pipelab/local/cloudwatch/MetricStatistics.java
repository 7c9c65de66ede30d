package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

/** GetMetricStatistics: statistics of one metric, a datapoint a period, oldest first. */
final class MetricStatistics {
  private static final int MAX_DATAPOINTS = 1440;

  private final MetricStore store;
  private final CloudClock clock;

  MetricStatistics(MetricStore store, CloudClock clock) {
    this.store = store;
    this.clock = clock;
  }

  GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    MetricId id =
        MetricId.of(
            Invalid.required(request.namespace(), "Namespace"),
            Invalid.required(request.metricName(), "MetricName"),
            request.dimensions());
    List<Stat> plain = new ArrayList<>();
    request.statisticsAsStrings().forEach(text -> plain.add(plainStat(text)));
    List<Stat> extended = new ArrayList<>();
    request.extendedStatistics().forEach(text -> extended.add(percentile(text)));
    if (plain.isEmpty() && extended.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter",
          "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
    }
    TimeRange range = range(request);
    List<Datapoint> points = new ArrayList<>();
    for (String unit : units(id, request.unitAsString())) {
      for (Instant start : range.starts(clock.now().minus(MetricStore.RETENTION))) {
        StatisticSet set = store.total(id, unit, start, start.plusSeconds(range.period()));
        if (set != null) {
          points.add(point(start, unit, set, plain, extended));
        }
      }
    }
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(points)
        .build();
  }

  private TimeRange range(GetMetricStatisticsRequest request) {
    Instant start = Invalid.required(request.startTime(), "StartTime");
    Instant end = Invalid.required(request.endTime(), "EndTime");
    int period = period(Invalid.required(request.period(), "Period"));
    if (!start.isBefore(end)) {
      throw Invalid.combination("The parameter StartTime must be less than the parameter EndTime.");
    }
    TimeRange range = TimeRange.of(start, end, period, clock.now());
    if (range.count() > MAX_DATAPOINTS) {
      throw Invalid.combination(
          "You have requested up to "
              + range.count()
              + " datapoints, which exceeds the limit of 1,440. You may reduce the datapoints"
              + " requested by increasing Period, or decreasing the time range.");
    }
    return range;
  }

  /** A period that can be answered: metrics are kept by the minute. */
  static int period(int period) {
    if (Set.of(1, 5, 10, 20, 30).contains(period)) {
      throw AwsError.notImplemented("periods below 60 seconds; metrics are kept by the minute");
    }
    if (period <= 0 || period % 60 != 0) {
      throw Invalid.value("The parameter Period must be a multiple of 60.");
    }
    return period;
  }

  private Set<String> units(MetricId id, @Nullable String unit) {
    return unit == null ? new TreeSet<>(store.units(id)) : Set.of(unit);
  }

  private static Stat plainStat(String text) {
    if (text.startsWith("p") || Stat.parse(text).isEmpty()) {
      throw Invalid.value("The value " + text + " for parameter Statistics is invalid.");
    }
    return Stat.parse(text).orElseThrow();
  }

  private static Stat percentile(String text) {
    return Stat.percentile(text)
        .orElseThrow(
            () ->
                Invalid.value(
                    "The value " + text + " for parameter ExtendedStatistics is not supported."));
  }

  private static Datapoint point(
      Instant start, String unit, StatisticSet set, List<Stat> plain, List<Stat> extended) {
    Datapoint.Builder point = Datapoint.builder().timestamp(start).unit(unit);
    for (Stat stat : plain) {
      Double value = stat.value(set);
      switch (stat.name()) {
        case "Sum" -> point.sum(value);
        case "Average" -> point.average(value);
        case "Minimum" -> point.minimum(value);
        case "Maximum" -> point.maximum(value);
        default -> point.sampleCount(value);
      }
    }
    Map<String, Double> percentiles = new LinkedHashMap<>();
    for (Stat stat : extended) {
      Double value = stat.value(set);
      if (value != null) {
        percentiles.put(stat.name(), value);
      }
    }
    return extended.isEmpty() ? point.build() : point.extendedStatistics(percentiles).build();
  }
}
