package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatchlogs.model.TestMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TestMetricFilterResponse;

final class MetricFiltersTest {
  /** What CloudWatch was told. */
  private record Point(
      Instant at, String metric, Map<String, String> dimensions, double value, String unit) {}

  private final Logged logged = new Logged();
  private final List<Point> points = new ArrayList<>();

  @BeforeEach
  void connect() {
    logged.logs.connect(
        (at, namespace, metric, dimensions, value, unit) ->
            points.add(new Point(at, namespace + " " + metric, dimensions, value, unit)),
        new NotedFunctions());
  }

  private static PutMetricFilterRequest filter(
      String name, String pattern, Consumer<MetricTransformation.Builder> more) {
    MetricTransformation.Builder transformation =
        MetricTransformation.builder().metricNamespace("Lab").metricName(name).metricValue("1");
    more.accept(transformation);
    return PutMetricFilterRequest.builder()
        .logGroupName(Logged.GROUP)
        .filterName(name)
        .filterPattern(pattern)
        .metricTransformations(transformation.build())
        .build();
  }

  private void endMinute() {
    logged.logs.sample(
        (namespace, metric, dimensions, value, unit) ->
            points.add(
                new Point(logged.clock.now(), namespace + " " + metric, dimensions, value, unit)));
  }

  private List<MetricFilter> described(DescribeMetricFiltersRequest.Builder request) {
    DescribeMetricFiltersResponse response = logged.call(request.build());
    return response.metricFilters();
  }

  @Test
  void countsWhatMatches() {
    logged.append("s", "ERROR before the filter");
    logged.call(filter("Errors", "ERROR", t -> t.unit(StandardUnit.COUNT)));
    logged.append("s", "ERROR one", "fine", "ERROR two");
    Point point = new Point(logged.clock.now(), "Lab Errors", Map.of(), 1, "Count");
    assertEquals(List.of(point, point), points);
  }

  @Test
  void valuesAndDimensionsAreFieldsOfTheEvent() {
    logged.call(
        filter(
            "Latency",
            "{ $.latency = * }",
            t -> t.metricValue("$.latency").dimensions(Map.of("Path", "$.path"))));
    logged.append(
        "s",
        "{\"latency\": 12.5, \"path\": \"/a\"}",
        "{\"latency\": \"7\", \"path\": \"/b\"}",
        "{\"latency\": \"slow\", \"path\": \"/b\"}",
        "{\"latency\": 3}");
    Instant now = logged.clock.now();
    assertEquals(
        List.of(
            new Point(now, "Lab Latency", Map.of("Path", "/a"), 12.5, "None"),
            new Point(now, "Lab Latency", Map.of("Path", "/b"), 7, "None")),
        points);
  }

  @Test
  void anEventCountsAtItsOwnTime() {
    logged.call(
        CreateLogStreamRequest.builder().logGroupName(Logged.GROUP).logStreamName("s").build());
    logged.call(filter("Sizes", "[..., size]", t -> t.metricValue("$size")));
    long earlier = logged.start - 3_600_000;
    logged.call(
        PutLogEventsRequest.builder()
            .logGroupName(Logged.GROUP)
            .logStreamName("s")
            .logEvents(InputLogEvent.builder().timestamp(earlier).message("GET 42").build())
            .build());
    assertEquals(
        List.of(new Point(Instant.ofEpochMilli(earlier), "Lab Sizes", Map.of(), 42, "None")),
        points);
  }

  @Test
  void theDefaultStandsForMinutesInWhichNothingMatched() {
    logged.call(filter("Errors", "ERROR", t -> t.defaultValue(0.0)));
    logged.call(filter("Quiet", "ERROR", t -> {}));
    endMinute();
    assertEquals(List.of(), points);
    logged.append("s", "fine");
    endMinute();
    assertEquals(List.of(new Point(logged.clock.now(), "Lab Errors", Map.of(), 0, "None")), points);
    points.clear();
    logged.append("s", "fine", "ERROR");
    points.clear();
    endMinute();
    endMinute();
    assertEquals(List.of(), points);
  }

  @Test
  void filtersAreShownReplacedAndDeleted() {
    logged.call(filter("Errors", "ERROR", t -> {}));
    logged.call(filter("Errors", "WARN", t -> {}));
    logged.call(filter("Other", " ", t -> t.metricNamespace("A.B-c_d/1#2:x")));
    assertEquals(2, logged.groups(DescribeLogGroupsRequest.builder()).get(0).metricFilterCount());
    MetricFilter shown =
        described(DescribeMetricFiltersRequest.builder().filterNamePrefix("Err")).get(0);
    assertEquals("WARN", shown.filterPattern());
    assertEquals(logged.start, shown.creationTime());
    assertEquals(false, shown.applyOnTransformedLogs());
    assertEquals(
        List.of("Other"),
        described(
                DescribeMetricFiltersRequest.builder()
                    .logGroupName(Logged.GROUP)
                    .metricName("Other")
                    .metricNamespace("A.B-c_d/1#2:x"))
            .stream()
            .map(MetricFilter::filterName)
            .toList());
    logged.append("s", "ERROR", "WARN");
    assertEquals(3, points.size()); // both lines for Other, one for Errors
    DeleteMetricFilterRequest delete =
        DeleteMetricFilterRequest.builder().logGroupName(Logged.GROUP).filterName("Other").build();
    logged.call(delete);
    assertEquals(
        "The specified metric filter does not exist.",
        logged.refused("ResourceNotFoundException", delete).getMessage());
    points.clear();
    logged.append("s", "ERROR");
    assertEquals(List.of(), points);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ERROR ; $.x",
        "ERROR ; many",
        "{ $.x = 1 } ; $x",
        "[x] ; $.x",
      })
  void refusesValuesThatNoEventHas(String pattern, String value) {
    logged.refused("InvalidParameterException", filter("Bad", pattern, t -> t.metricValue(value)));
  }

  @Test
  void refusesDimensionsThatCannotBe() {
    logged.refused(
        "InvalidParameterException",
        filter("Bad", "{ $.x = * }", t -> t.defaultValue(0.0).dimensions(Map.of("X", "$.x"))));
    logged.refused(
        "InvalidParameterException",
        filter(
            "Bad",
            "{ $.x = * }",
            t -> t.dimensions(Map.of("A", "$.a", "B", "$.b", "C", "$.c", "D", "$.d"))));
    logged.refused(
        "InvalidParameterException", filter("Bad", "ERROR", t -> t.dimensions(Map.of("A", "$.a"))));
  }

  @Test
  void aGroupHasAHundredFilters() {
    IntStream.range(0, 100).forEach(i -> logged.call(filter("f" + i, "x", t -> {})));
    logged.call(filter("f7", "y", t -> {}));
    assertEquals(
        "Resource limit exceeded.",
        logged.refused("LimitExceededException", filter("more", "x", t -> {})).getMessage());
  }

  @Test
  void aPatternIsTriedOnMessages() {
    TestMetricFilterResponse response =
        logged.call(
            TestMetricFilterRequest.builder()
                .filterPattern("[first, status = 5*]")
                .logEventMessages("a 200", "b 503")
                .build());
    assertEquals(1, response.matches().size());
    assertEquals(1, response.matches().get(0).eventNumber());
    assertEquals("b 503", response.matches().get(0).eventMessage());
    assertEquals(
        Map.of("$first", "b", "$status", "503"), response.matches().get(0).extractedValues());
    assertTrue(points.isEmpty());
  }
}
