package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

final class MetricsTest {
  private final Watched watched = new Watched();

  private void put(MetricDatum.Builder datum) {
    watched.call(
        PutMetricDataRequest.builder()
            .namespace("Lab")
            .metricData(datum.metricName("M").build())
            .build());
  }

  private GetMetricStatisticsRequest.Builder statistics() {
    return GetMetricStatisticsRequest.builder()
        .namespace("Lab")
        .metricName("M")
        .startTime(watched.start)
        .endTime(watched.start.plusSeconds(3600))
        .period(60)
        .statistics(List.of());
  }

  private List<Datapoint> points(GetMetricStatisticsRequest.Builder request) {
    GetMetricStatisticsResponse response = watched.call(request.build());
    return response.datapoints();
  }

  @Test
  void addsUpAllFormsOfInput() {
    put(MetricDatum.builder().value(4.0));
    put(MetricDatum.builder().values(1.0, 2.0).counts(1.0, 3.0));
    put(
        MetricDatum.builder()
            .statisticValues(s -> s.sampleCount(2.0).sum(9.0).minimum(-1.0).maximum(10.0)));
    Datapoint point =
        points(
                statistics()
                    .statisticsWithStrings("Sum", "Average", "Minimum", "Maximum", "SampleCount"))
            .get(0);
    assertEquals(20.0, point.sum());
    assertEquals(7.0, point.sampleCount());
    assertEquals(20.0 / 7, point.average());
    assertEquals(-1.0, point.minimum());
    assertEquals(10.0, point.maximum());
    assertEquals("None", point.unitAsString());
    assertEquals(watched.start, point.timestamp());
  }

  @Test
  void knowsPercentiles() {
    for (int i = 1; i <= 100; i++) {
      put(MetricDatum.builder().value((double) i));
    }
    GetMetricStatisticsRequest.Builder request =
        statistics().extendedStatistics("p50", "p90", "p99.9");
    assertEquals(
        Map.of("p50", 50.0, "p90", 90.0, "p99.9", 100.0),
        points(request).get(0).extendedStatistics());
  }

  @Test
  void doesNotInventPercentilesOfStatisticSets() {
    put(
        MetricDatum.builder()
            .statisticValues(s -> s.sampleCount(2.0).sum(9.0).minimum(-1.0).maximum(10.0)));
    assertEquals(
        Map.of(), points(statistics().extendedStatistics("p50")).get(0).extendedStatistics());
  }

  @Test
  void countsPeriodsFromTheStart() {
    for (int i = 0; i < 10; i++) {
      put(MetricDatum.builder().value(1.0));
      watched.clock.advance(Duration.ofMinutes(1));
    }
    List<Datapoint> points =
        points(
            statistics()
                .startTime(watched.start.plusSeconds(130))
                .period(300)
                .statisticsWithStrings("Sum"));
    assertEquals(
        List.of(watched.start.plusSeconds(120), watched.start.plusSeconds(420)),
        points.stream().map(Datapoint::timestamp).toList());
    assertEquals(List.of(5.0, 3.0), points.stream().map(Datapoint::sum).toList());
  }

  @Test
  void keepsUnitsAndDimensionsApart() {
    put(MetricDatum.builder().value(1.0).unit("Count"));
    put(MetricDatum.builder().value(2.0).unit("Bytes"));
    put(MetricDatum.builder().value(4.0).dimensions(d -> d.name("k").value("v")));
    assertEquals(2, points(statistics().statisticsWithStrings("Sum")).size());
    List<Datapoint> bytes = points(statistics().unit("Bytes").statisticsWithStrings("Sum"));
    assertEquals(List.of(2.0), bytes.stream().map(Datapoint::sum).toList());
  }

  @Test
  void takesTimestampsOfTwoWeeks() {
    put(MetricDatum.builder().value(1.0).timestamp(watched.start.minusSeconds(90)));
    List<Datapoint> points =
        points(
            statistics()
                .startTime(watched.start.minusSeconds(600))
                .statisticsWithStrings("SampleCount"));
    assertEquals(watched.start.minusSeconds(120), points.get(0).timestamp());
  }

  static Stream<Arguments> mistakes() {
    Instant start = new Watched().start;
    MetricDatum.Builder good = MetricDatum.builder().metricName("M").value(1.0);
    return Stream.of(
        Arguments.of("AWS/SQS", good.build(), "InvalidParameterValue"),
        Arguments.of("Lab", MetricDatum.builder().value(1.0).build(), "MissingParameter"),
        Arguments.of("Lab", MetricDatum.builder().metricName("M").build(), "MissingParameter"),
        Arguments.of("Lab", change(b -> b.values(1.0)), "InvalidParameterCombination"),
        Arguments.of("Lab", change(b -> b.value(Double.NaN)), "InvalidParameterValue"),
        Arguments.of("Lab", change(b -> b.unit("Parsecs")), "InvalidParameterValue"),
        Arguments.of("Lab", change(b -> b.storageResolution(7)), "InvalidParameterValue"),
        Arguments.of(
            "Lab",
            change(b -> b.value(null).values(1.0, 2.0).counts(1.0)),
            "InvalidParameterValue"),
        Arguments.of(
            "Lab",
            change(b -> b.timestamp(start.minus(Duration.ofDays(15)))),
            "InvalidParameterValue"),
        Arguments.of(
            "Lab",
            change(b -> b.timestamp(start.plus(Duration.ofHours(3)))),
            "InvalidParameterValue"));
  }

  private interface Change {
    MetricDatum.Builder to(MetricDatum.Builder datum);
  }

  private static MetricDatum change(Change change) {
    return change.to(MetricDatum.builder().metricName("M").value(1.0)).build();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesMistakesAndStoresNothing(String namespace, MetricDatum bad, String code) {
    MetricDatum good = MetricDatum.builder().metricName("M").value(1.0).build();
    PutMetricDataRequest request =
        PutMetricDataRequest.builder().namespace(namespace).metricData(good, bad).build();
    AwsError error = assertThrows(AwsError.class, () -> watched.call(request));
    assertEquals(code, error.code(), error.getMessage());
    assertEquals(List.of(), listed(ListMetricsRequest.builder()));
  }

  @Test
  void refusesTooManyDatapoints() {
    AwsError error =
        assertThrows(
            AwsError.class,
            () ->
                points(
                    statistics()
                        .endTime(watched.start.plus(Duration.ofDays(15)))
                        .statisticsWithStrings("Sum")));
    assertTrue(error.getMessage().contains("21600 datapoints"), error.getMessage());
  }

  private List<Metric> listed(ListMetricsRequest.Builder request) {
    ListMetricsResponse response = watched.call(request.build());
    return response.metrics();
  }

  @Test
  void listsMetrics() {
    watched.record(1);
    put(MetricDatum.builder().value(4.0).dimensions(d -> d.name("k").value("v")));
    assertEquals(2, listed(ListMetricsRequest.builder()).size());
    DimensionFilter filter = DimensionFilter.builder().name("QueueName").build();
    List<Metric> found = listed(ListMetricsRequest.builder().dimensions(filter));
    assertEquals(List.of("AWS/SQS"), found.stream().map(Metric::namespace).toList());
    watched.clock.advance(Duration.ofHours(4));
    assertEquals(List.of(), listed(ListMetricsRequest.builder().recentlyActive("PT3H")));
  }

  @Test
  void listsByNamespaceAndName() {
    watched.record(1);
    put(MetricDatum.builder().value(4.0).dimensions(d -> d.name("k").value("v")));
    Metric queue = listed(ListMetricsRequest.builder().namespace("AWS/SQS")).get(0);
    assertEquals(Watched.DEPTH, queue.metricName());
    assertEquals("demo-decoupling-saa", queue.dimensions().get(0).value());
    List<Metric> named = listed(ListMetricsRequest.builder().metricName("M"));
    assertEquals(List.of("Lab"), named.stream().map(Metric::namespace).toList());
    assertEquals(List.of(), listed(ListMetricsRequest.builder().namespace("Other")));
  }

  @Test
  void aGaugeIsSampledOnceAMinute() {
    watched.cloudWatch.addSource(metrics -> metrics.record("Lab", "M", Map.of(), 500, "Count"));
    watched.clock.advance(Duration.ofMinutes(3));
    List<Datapoint> points =
        points(
            statistics()
                .startTime(watched.start.minus(Duration.ofHours(6)))
                .statisticsWithStrings("SampleCount"));
    assertEquals(
        List.of(watched.start, watched.start.plusSeconds(60), watched.start.plusSeconds(120)),
        points.stream().map(Datapoint::timestamp).sorted().toList());
    assertEquals(List.of(1.0, 1.0, 1.0), points.stream().map(Datapoint::sampleCount).toList());
  }

  @Test
  void aStatisticSetOfEqualValuesIsTaken() {
    put(
        MetricDatum.builder()
            .statisticValues(s -> s.sampleCount(2.0).sum(6.0).minimum(3.0).maximum(3.0)));
    assertEquals(6.0, points(statistics().statisticsWithStrings("Sum")).get(0).sum());
  }

  private static MetricDataQuery query(String id, String stat) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            m ->
                m.metric(x -> x.namespace("Lab").metricName("M").dimensions(List.of()))
                    .stat(stat)
                    .period(60))
        .build();
  }

  private GetMetricDataRequest.Builder data(MetricDataQuery... queries) {
    return GetMetricDataRequest.builder()
        .startTime(watched.start)
        .endTime(watched.start.plusSeconds(3600))
        .metricDataQueries(queries);
  }

  @Test
  void answersManyQueriesNewestFirst() {
    put(MetricDatum.builder().value(1.0));
    watched.clock.advance(Duration.ofMinutes(1));
    put(MetricDatum.builder().value(2.0));
    GetMetricDataResponse response =
        watched.call(data(query("sum", "Sum"), query("tail", "p90")).build());
    MetricDataResult sum = response.metricDataResults().get(0);
    assertEquals(List.of(2.0, 1.0), sum.values());
    assertEquals(List.of(watched.start.plusSeconds(60), watched.start), sum.timestamps());
    assertEquals("M", sum.label());
    assertEquals("Complete", sum.statusCodeAsString());
    assertEquals(List.of(2.0, 1.0), response.metricDataResults().get(1).values());
  }

  @Test
  void pagesDatapoints() {
    for (int i = 0; i < 3; i++) {
      put(MetricDatum.builder().value((double) i));
      watched.clock.advance(Duration.ofMinutes(1));
    }
    GetMetricDataRequest request =
        data(query("a", "Sum"), query("b", "Sum"))
            .maxDatapoints(4)
            .scanBy("TimestampAscending")
            .build();
    GetMetricDataResponse first = watched.call(request);
    assertEquals(List.of(0.0, 1.0, 2.0), first.metricDataResults().get(0).values());
    assertEquals(List.of(0.0), first.metricDataResults().get(1).values());
    assertEquals("PartialData", first.metricDataResults().get(1).statusCodeAsString());
    GetMetricDataResponse second =
        watched.call(request.toBuilder().nextToken(first.nextToken()).build());
    assertEquals(List.of(1.0, 2.0), second.metricDataResults().get(1).values());
    assertNull(second.nextToken());
  }

  @Test
  void refusesMetricMathByName() {
    MetricDataQuery math = MetricDataQuery.builder().id("e").expression("SUM(METRICS())").build();
    AwsError error = assertThrows(AwsError.class, () -> watched.call(data(math).build()));
    assertEquals("NotImplemented", error.code());
  }

  @Test
  void forgetsTheOldestWhenThereIsTooMuch() {
    MetricStore store = new MetricStore(100);
    MetricId id = MetricId.of("Lab", "M", Map.of());
    Instant now = watched.start;
    for (int i = 0; i < 6 * 60; i++) {
      store.add(id, "None", now.minusSeconds(60L * i), set -> set.add(1, 1));
    }
    store.expire(now);
    StatisticSet left = store.total(id, null, now.minus(Duration.ofDays(1)), now.plusSeconds(60));
    assertNotNull(left);
    assertTrue(left.count() <= 190, "left " + left.count());
  }

  @Test
  void valuesThatAreKeptForPercentilesCountAsMuch() {
    MetricStore store = new MetricStore(1_000);
    MetricId id = MetricId.of("Lab", "M", Map.of());
    Instant now = watched.start;
    for (int i = 0; i < 6 * 60; i++) {
      for (int value = 0; value < 10; value++) {
        int each = value;
        store.add(id, "None", now.minusSeconds(60L * i), set -> set.add(each, 1));
      }
    }
    store.expire(now);
    StatisticSet left = store.total(id, null, now.minus(Duration.ofDays(1)), now.plusSeconds(60));
    assertNotNull(left);
    assertTrue(left.count() <= 1_900, "left " + left.count());
  }

  @Test
  void keepsManyDifferentValuesCoarsely() {
    StatisticSet set = new StatisticSet();
    for (int i = 1; i <= 100_000; i++) {
      set.add(i, 1);
    }
    Double p90 = set.percentile(90);
    assertNotNull(p90);
    assertEquals(90_000, p90, 900);
    assertEquals(100_000, set.count());
  }
}
