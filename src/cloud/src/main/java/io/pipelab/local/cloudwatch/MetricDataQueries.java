package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData: one statistic each of many metrics, in pages of datapoints. */
final class MetricDataQueries {
  private static final int MAX_QUERIES = 500;
  private static final int MAX_DATAPOINTS = 100_800;
  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

  private final MetricStore store;
  private final CloudClock clock;

  MetricDataQueries(MetricStore store, CloudClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A datapoint of the query at an index. */
  private record Point(int query, Instant at, double value) {}

  GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    List<MetricDataQuery> queries = request.metricDataQueries();
    validate(request);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      points.addAll(points(i, queries.get(i), request));
    }
    Page<Point> page =
        Page.of(points, request.nextToken(), request.maxDatapoints(), MAX_DATAPOINTS);
    int lastQuery =
        page.next() == null ? queries.size() : page.items().get(page.items().size() - 1).query();
    List<MetricDataResult> results = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      if (!Boolean.FALSE.equals(queries.get(i).returnData())) {
        results.add(result(i, queries.get(i), page.items(), i < lastQuery));
      }
    }
    return GetMetricDataResponse.builder()
        .metricDataResults(results)
        .nextToken(page.next())
        .messages(List.of())
        .build();
  }

  private static MetricDataResult result(
      int index, MetricDataQuery query, List<Point> page, boolean complete) {
    Map<Instant, Double> values = new LinkedHashMap<>();
    page.stream()
        .filter(point -> point.query() == index)
        .forEach(point -> values.put(point.at(), point.value()));
    String label = query.label();
    return MetricDataResult.builder()
        .id(query.id())
        .label(label == null ? query.metricStat().metric().metricName() : label)
        .timestamps(values.keySet())
        .values(values.values())
        .statusCode(complete ? StatusCode.COMPLETE : StatusCode.PARTIAL_DATA)
        .build();
  }

  private List<Point> points(int index, MetricDataQuery query, GetMetricDataRequest request) {
    MetricStat metricStat = query.metricStat();
    MetricId id = MetricId.of(metricStat.metric());
    Stat stat = stat(metricStat.stat());
    int period = MetricStatistics.period(metricStat.period());
    Instant now = clock.now();
    TimeRange range = TimeRange.of(request.startTime(), request.endTime(), period, now);
    List<Point> points = new ArrayList<>();
    for (Instant start : range.starts(now.minus(MetricStore.RETENTION))) {
      Double value =
          stat.value(store.total(id, metricStat.unitAsString(), start, start.plusSeconds(period)));
      if (value != null) {
        points.add(new Point(index, start, value));
      }
    }
    if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
      Collections.reverse(points);
    }
    return points;
  }

  private static Stat stat(String text) {
    return Stat.parse(text)
        .orElseThrow(
            () -> Invalid.validation("The value " + text + " for parameter Stat is invalid."));
  }

  private static void validate(GetMetricDataRequest request) {
    Invalid.required(request.startTime(), "StartTime");
    Invalid.required(request.endTime(), "EndTime");
    if (!request.startTime().isBefore(request.endTime())) {
      throw Invalid.validation("The parameter StartTime must be less than the parameter EndTime.");
    }
    List<MetricDataQuery> queries = request.metricDataQueries();
    if (queries.isEmpty()) {
      throw AwsError.badRequest("MissingParameter", "The parameter MetricDataQueries is required.");
    }
    if (queries.size() > MAX_QUERIES) {
      throw Invalid.validation(
          "The collection MetricDataQueries must not have a size greater than 500.");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < queries.size(); i++) {
      String path = "MetricDataQueries.member." + (i + 1);
      validate(queries.get(i), path);
      if (!ids.add(queries.get(i).id())) {
        throw Invalid.validation(
            "The values for parameter id in MetricDataQueries are not unique.");
      }
    }
  }

  private static void validate(MetricDataQuery query, String path) {
    String id = Invalid.required(query.id(), path + ".Id");
    if (!ID.matcher(id).matches()) {
      throw Invalid.validation(
          "The value "
              + id
              + " for parameter "
              + path
              + ".Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
    }
    if (query.expression() != null) {
      throw AwsError.notImplemented("metric math (" + path + ".Expression)");
    }
    if (query.label() != null && query.label().contains("${")) {
      throw AwsError.notImplemented("dynamic labels (" + path + ".Label)");
    }
    MetricStat stat = Invalid.required(query.metricStat(), path + ".MetricStat");
    Invalid.required(stat.metric(), path + ".MetricStat.Metric");
    Invalid.required(stat.metric().namespace(), path + ".MetricStat.Metric.Namespace");
    Invalid.required(stat.metric().metricName(), path + ".MetricStat.Metric.MetricName");
    Invalid.required(stat.period(), path + ".MetricStat.Period");
    Invalid.required(stat.stat(), path + ".MetricStat.Stat");
  }
}
