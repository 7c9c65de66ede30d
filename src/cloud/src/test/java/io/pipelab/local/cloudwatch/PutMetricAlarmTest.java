package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;

final class PutMetricAlarmTest {
  private final Watched watched = new Watched();

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(a -> a.alarmName(null), "MissingParameter"),
        mistake(a -> a.threshold(null), "MissingParameter"),
        mistake(a -> a.period(45), "ValidationError"),
        mistake(a -> a.period(10), "NotImplemented"),
        mistake(a -> a.period(3600).evaluationPeriods(200), "ValidationError"),
        mistake(a -> a.evaluationPeriods(0), "ValidationError"),
        mistake(a -> a.datapointsToAlarm(2), "ValidationError"),
        mistake(a -> a.treatMissingData("bad"), "ValidationError"),
        mistake(a -> a.statistic("Median"), "ValidationError"),
        mistake(a -> a.extendedStatistic("p90"), "ValidationError"),
        mistake(a -> a.comparisonOperator("GreaterThanUpperThreshold"), "NotImplemented"),
        mistake(a -> a.comparisonOperator("Above"), "ValidationError"),
        mistake(a -> a.alarmActions("topic"), "ValidationError"),
        mistake(a -> a.alarmActions("arn:aws:sns:eu-west-1:1:t"), "ValidationError"),
        mistake(
            a -> a.alarmActions(java.util.Collections.nCopies(6, Watched.TOPIC)),
            "ValidationError"));
  }

  private interface Change {
    PutMetricAlarmRequest.Builder to(PutMetricAlarmRequest.Builder alarm);
  }

  private static Arguments mistake(Change change, String code) {
    return Arguments.of(change.to(Watched.depthAlarm()).build(), code);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesMistakes(PutMetricAlarmRequest request, String code) {
    AwsError error = assertThrows(AwsError.class, () -> watched.call(request));
    assertEquals(code, error.code(), error.getMessage());
    DescribeAlarmsResponse response = watched.call(DescribeAlarmsRequest.builder().build());
    assertEquals(List.of(), response.metricAlarms());
  }

  @Test
  void listsByFilterAndPage() {
    for (int i = 1; i <= 5; i++) {
      watched.call(Watched.depthAlarm().alarmName("alarm-" + i).build());
    }
    watched.call(Watched.depthAlarm().alarmName("other").metricName("Other").build());
    assertEquals(List.of("other"), names(DescribeAlarmsRequest.builder().alarmNamePrefix("o")));
    assertEquals(List.of(), names(DescribeAlarmsRequest.builder().stateValue("OK")));
    assertEquals(6, names(DescribeAlarmsRequest.builder().actionPrefix("arn:aws:sns")).size());
    DescribeAlarmsResponse first =
        watched.call(DescribeAlarmsRequest.builder().maxRecords(4).build());
    DescribeAlarmsResponse second =
        watched.call(DescribeAlarmsRequest.builder().nextToken(first.nextToken()).build());
    assertEquals(4, first.metricAlarms().size());
    assertEquals(
        List.of("alarm-5", "other"),
        second.metricAlarms().stream().map(MetricAlarm::alarmName).toList());
    DescribeAlarmsForMetricResponse forMetric =
        watched.call(
            DescribeAlarmsForMetricRequest.builder()
                .namespace("AWS/SQS")
                .metricName(Watched.DEPTH)
                .dimensions(Watched.depthAlarm().build().dimensions())
                .build());
    assertEquals(5, forMetric.metricAlarms().size());
  }

  private List<String> names(DescribeAlarmsRequest.Builder request) {
    DescribeAlarmsResponse response = watched.call(request.build());
    return response.metricAlarms().stream().map(MetricAlarm::alarmName).toList();
  }

  @Test
  void deletes() {
    watched.call(Watched.depthAlarm().build());
    watched.call(DeleteAlarmsRequest.builder().alarmNames("depth", "unknown").build());
    assertEquals(List.of(), names(DescribeAlarmsRequest.builder()));
    AwsError error =
        assertThrows(
            AwsError.class,
            () -> watched.call(DeleteAlarmsRequest.builder().alarmNames("depth").build()));
    assertEquals("ResourceNotFound", error.code());
  }

  @Test
  void tags() {
    watched.call(Watched.depthAlarm().tags(tag("a", "1")).build());
    String arn = watched.alarm().alarmArn();
    watched.call(TagResourceRequest.builder().resourceARN(arn).tags(tag("b", "2")).build());
    watched.call(UntagResourceRequest.builder().resourceARN(arn).tagKeys("a").build());
    assertEquals(List.of(tag("b", "2")), tagsOf(arn));
    assertThrows(AwsError.class, () -> tagsOf(arn + "x"));
  }

  private List<Tag> tagsOf(String arn) {
    ListTagsForResourceResponse response =
        watched.call(ListTagsForResourceRequest.builder().resourceARN(arn).build());
    return response.tags();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void isACloudFormationType() throws Exception {
    ResourceType type = watched.cloudWatch.resourceTypes().get(0);
    ObjectNode properties =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    {"Namespace": "AWS/SQS", "MetricName": "Depth", "Statistic": "Sum",
                     "Dimensions": [{"Name": "QueueName", "Value": "q"}], "Period": "60",
                     "EvaluationPeriods": 1, "Threshold": "100",
                     "ComparisonOperator": "GreaterThanThreshold",
                     "AlarmActions": ["arn:aws:sns:us-east-1:000000000000:t"],
                     "OKActions": [], "ActionsEnabled": "true",
                     "Tags": [{"Key": "mine", "Value": "1"}]}
                    """);
    ResourceRequest request =
        new ResourceRequest(
            "arn", "stack", "Alarm", properties, Map.of("pipelab:lab", "decoupling"), "SUFFIX");
    PhysicalResource created = type.create(request);
    assertEquals("stack-Alarm-SUFFIX", created.physicalId());
    assertEquals(Set.of("Arn"), created.attributes().keySet());
    String arn = watched.alarm(created.physicalId()).alarmArn();
    assertEquals(TextNode.valueOf(arn), created.attributes().get("Arn"));
    assertEquals("arn:aws:cloudwatch:us-east-1:000000000000:alarm:stack-Alarm-SUFFIX", arn);
    assertEquals(List.of(tag("mine", "1"), tag("pipelab:lab", "decoupling")), tagsOf(arn));

    ObjectNode changed = properties.deepCopy().put("Threshold", 50);
    changed.remove("Tags");
    ResourceRequest after =
        new ResourceRequest("arn", "stack", "Alarm", changed, Map.of(), "SUFFIX");
    type.update(created, request, after);
    assertEquals(50.0, watched.alarm(created.physicalId()).threshold());
    assertEquals(List.of(), tagsOf(arn));

    type.delete(created, after);
    type.delete(created, after);
    assertTrue(names(DescribeAlarmsRequest.builder()).isEmpty());
  }
}
