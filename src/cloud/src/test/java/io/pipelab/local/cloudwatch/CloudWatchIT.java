package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.wire.LoopbackGateway;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;

/** CloudWatch through the gateway, as the SDK's client sees it. */
final class CloudWatchIT {
  private final Watched watched = new Watched();
  private final LoopbackGateway gateway = new LoopbackGateway();
  private CloudWatchClient client;

  @BeforeEach
  void serve() {
    gateway.serve(watched.clock, watched.cloudWatch);
    client =
        gateway.client(CloudWatchClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  @Test
  void raisesAnAlarmOverCustomMetrics() {
    client.putMetricAlarm(
        Watched.depthAlarm().namespace("Lab").tags(t -> t.key("pipelab:lab").value("x")).build());
    client.putMetricData(
        request ->
            request
                .namespace("Lab")
                .metricData(
                    datum ->
                        datum
                            .metricName(Watched.DEPTH)
                            .dimensions(Watched.depthAlarm().build().dimensions())
                            .timestamp(watched.start.plusSeconds(10))
                            .unit("Count")
                            .value(500.0)));
    watched.minutes("-");

    MetricAlarm alarm = client.describeAlarms().metricAlarms().get(0);
    assertEquals("ALARM", alarm.stateValueAsString());
    assertEquals(100.0, alarm.threshold());
    assertEquals(watched.start.plusSeconds(60), alarm.stateTransitionedTimestamp());
    assertTrue(alarm.hasOkActions() && alarm.okActions().isEmpty());
    List<AlarmHistoryItem> history =
        client
            .describeAlarmHistoryPaginator(request -> request.alarmName("depth").maxRecords(1))
            .alarmHistoryItems()
            .stream()
            .toList();
    assertEquals(
        List.of("Action", "StateUpdate", "ConfigurationUpdate"),
        history.stream().map(AlarmHistoryItem::historyItemTypeAsString).toList());
    assertEquals(
        "x",
        client
            .listTagsForResource(request -> request.resourceARN(alarm.alarmArn()))
            .tags()
            .get(0)
            .value());
  }

  @Test
  void answersMetrics() {
    watched.record(500);
    Instant end = watched.start.plusSeconds(3600);
    Metric metric = client.listMetrics().metrics().get(0);
    assertEquals("AWS/SQS", metric.namespace());
    GetMetricDataResponse data =
        client.getMetricData(
            request ->
                request
                    .startTime(watched.start)
                    .endTime(end)
                    .metricDataQueries(
                        query ->
                            query
                                .id("depth")
                                .metricStat(m -> m.metric(metric).stat("Maximum").period(60))));
    assertEquals(List.of(500.0), data.metricDataResults().get(0).values());
    assertEquals(
        500.0,
        client
            .getMetricStatistics(
                request ->
                    request
                        .namespace(metric.namespace())
                        .metricName(metric.metricName())
                        .dimensions(metric.dimensions())
                        .startTime(watched.start)
                        .endTime(end)
                        .period(60)
                        .statisticsWithStrings("Sum"))
            .datapoints()
            .get(0)
            .sum());
  }

  @Test
  void refusesInAwsWords() {
    CloudWatchException unknown =
        assertThrows(
            CloudWatchException.class,
            () ->
                client.setAlarmState(
                    request -> request.alarmName("none").stateValue("OK").stateReason("test")));
    assertEquals("ResourceNotFound", unknown.awsErrorDetails().errorCode());
    assertEquals(404, unknown.statusCode());
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.listTagsForResource(request -> request.resourceARN("arn:none")));
    CloudWatchException refused =
        assertThrows(
            CloudWatchException.class,
            () -> client.putMetricAlarm(Watched.depthAlarm().period(45).build()));
    assertEquals("ValidationError", refused.awsErrorDetails().errorCode());
    assertEquals(400, refused.statusCode());
    CloudWatchException missing =
        assertThrows(
            CloudWatchException.class,
            () -> client.putDashboard(request -> request.dashboardName("d").dashboardBody("{}")));
    assertTrue(missing.getMessage().contains("PutDashboard"), missing.getMessage());
  }
}
