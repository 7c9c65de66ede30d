package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

class CborProtocolTest {
  private static final Instant TIME = Instant.parse("2030-01-02T03:04:05.678Z");

  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "monitoring",
              new Actions()
                  .on(PutMetricDataRequest.class, this::put)
                  .on(PutMetricAlarmRequest.class, CborProtocolTest::alarm)
                  .on(GetMetricStatisticsRequest.class, this::statistics)));
  private final CloudWatchClient cloudWatch = gateway.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    cloudWatch.close();
    gateway.close();
  }

  private PutMetricDataResponse put(PutMetricDataRequest request) {
    seen.add(request);
    return PutMetricDataResponse.builder().build();
  }

  private static PutMetricAlarmResponse alarm(PutMetricAlarmRequest request) {
    throw AwsError.badRequest("InvalidParameterValue", "Period must be 10, 30 or 60");
  }

  private GetMetricStatisticsResponse statistics(GetMetricStatisticsRequest request) {
    seen.add(request);
    return GetMetricStatisticsResponse.builder()
        .label("m")
        .datapoints(
            Datapoint.builder().timestamp(TIME).sum(1.5).unit(StandardUnit.COUNT).build(),
            Datapoint.builder().timestamp(TIME.plusSeconds(60)).sum(2.0).build())
        .build();
  }

  private static PutMetricDataRequest data(int count) {
    List<MetricDatum> data = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      data.add(
          MetricDatum.builder()
              .metricName("m" + i)
              .value(i + 0.25)
              .timestamp(TIME)
              .dimensions(Dimension.builder().name("d").value("ä").build())
              .build());
    }
    return PutMetricDataRequest.builder().namespace("N").metricData(data).build();
  }

  @Test
  void readsRequests() {
    cloudWatch.putMetricData(data(1));
    assertEquals(data(1), seen.get(0));
  }

  @Test
  void readsCompressedRequests() {
    cloudWatch.putMetricData(data(500));
    assertEquals(data(500), seen.get(0));
  }

  @Test
  void writesResponsesWithTimes() {
    GetMetricStatisticsResponse response =
        cloudWatch.getMetricStatistics(
            r -> r.namespace("N").metricName("m").period(60).startTime(TIME).endTime(TIME));
    assertEquals(TIME, ((GetMetricStatisticsRequest) seen.get(0)).startTime());
    assertEquals(TIME, response.datapoints().get(0).timestamp());
    assertEquals(1.5, response.datapoints().get(0).sum());
    assertEquals(2, response.datapoints().size());
  }

  @Test
  void errorsAreTyped() {
    InvalidParameterValueException error =
        assertThrows(
            InvalidParameterValueException.class,
            () -> cloudWatch.putMetricAlarm(r -> r.alarmName("a")));
    assertEquals("Period must be 10, 30 or 60", error.awsErrorDetails().errorMessage());
  }

  @Test
  void anActionThatAwsHasFailsByName() {
    CloudWatchException error =
        assertThrows(CloudWatchException.class, () -> cloudWatch.listDashboards());
    assertTrue(String.valueOf(error.getMessage()).contains("cloudwatch:ListDashboards"));
  }

  @Test
  void speaksJsonToo() throws Exception {
    var answer =
        gateway.json("monitoring", "GraniteServiceVersion20100801.GetMetricStatistics", "{}");
    assertTrue(answer.body().contains("\"Timestamp\":1893553445.678"), answer.body());
  }
}
