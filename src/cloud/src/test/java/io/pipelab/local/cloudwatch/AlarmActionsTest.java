package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ToldEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;

final class AlarmActionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALARM_ARN = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:depth";

  private final Watched watched = new Watched();

  @Test
  void publishesAwsMessage() {
    watched.call(Watched.depthAlarm().alarmDescription("too deep").datapointsToAlarm(1).build());
    watched.minutes("X");
    assertEquals(1, watched.sent.size());
    Watched.Sent sent = watched.sent.get(0);
    assertEquals(Watched.TOPIC, sent.target());
    assertEquals("ALARM: \"depth\" in US East (N. Virginia)", sent.subject());
    assertEquals(new Caller.ServicePrincipal("cloudwatch.amazonaws.com", ALARM_ARN), sent.caller());
    assertEquals(
        """
        {"AlarmName":"depth","AlarmDescription":"too deep","AWSAccountId":"000000000000",\
        "AlarmConfigurationUpdatedTimestamp":"2026-11-21T03:00:00.000+0000",\
        "NewStateValue":"ALARM","NewStateReason":"Threshold Crossed: 1 out of the last 1 \
        datapoints [500.0 (21/11/26 03:00:00)] was greater than the threshold (100.0) (minimum 1 \
        datapoint for OK -> ALARM transition).",\
        "StateChangeTime":"2026-11-21T03:01:00.000+0000","Region":"US East (N. Virginia)",\
        "AlarmArn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:depth",\
        "OldStateValue":"INSUFFICIENT_DATA","OKActions":[],\
        "AlarmActions":["arn:aws:sns:us-east-1:000000000000:fasttrack-saa"],\
        "InsufficientDataActions":[],\
        "Trigger":{"MetricName":"ApproximateNumberOfMessagesVisible","Namespace":"AWS/SQS",\
        "StatisticType":"Statistic","Statistic":"SUM","Unit":null,\
        "Dimensions":[{"value":"demo-decoupling-saa","name":"QueueName"}],"Period":60,\
        "EvaluationPeriods":1,"DatapointsToAlarm":1,"ComparisonOperator":"GreaterThanThreshold",\
        "Threshold":100.0,"TreatMissingData":"","EvaluateLowSampleCountPercentile":""}}""",
        sent.body());
  }

  @Test
  void actsOnlyOnAChange() {
    watched.call(Watched.depthAlarm().okActions(Watched.TOPIC).build());
    watched.minutes("XXX");
    assertEquals(1, watched.sent.size());
    watched.minutes("00");
    assertEquals(2, watched.sent.size());
    assertEquals("OK: \"depth\" in US East (N. Virginia)", watched.sent.get(1).subject());
    watched.minutes("X");
    assertEquals(3, watched.sent.size());
  }

  @Test
  void keepsStillWhileActionsAreDisabled() {
    watched.call(Watched.depthAlarm().build());
    watched.call(DisableAlarmActionsRequest.builder().alarmNames("depth").build());
    watched.minutes("X");
    assertEquals("ALARM", watched.state());
    watched.call(EnableAlarmActionsRequest.builder().alarmNames("depth").build());
    watched.minutes("X");
    assertEquals(List.of(), watched.sent);
    assertEquals(List.of(), watched.history(HistoryItemType.ACTION));
  }

  @Test
  void tellsEventBridgeOfEachChangeEvenWithoutActions() throws Exception {
    watched.call(Watched.depthAlarm().alarmDescription("too deep").build());
    watched.call(DisableAlarmActionsRequest.builder().alarmNames("depth").build());
    watched.minutes("0XX");
    assertEquals(
        List.of("INSUFFICIENT_DATA -> OK", "OK -> ALARM"),
        watched.told.stream()
            .map(
                each ->
                    each.detail().at("/previousState/value").asText()
                        + " -> "
                        + each.detail().at("/state/value").asText())
            .toList());
    ToldEvents.Told told = watched.told.get(1);
    assertEquals("aws.cloudwatch", told.source());
    assertEquals("CloudWatch Alarm State Change", told.detailType());
    assertEquals(List.of(ALARM_ARN), told.resources());
    assertEquals("depth", told.detail().path("alarmName").asText());
    assertEquals("too deep", told.detail().at("/configuration/description").asText());
    assertEquals(
        "{\"namespace\":\"AWS/SQS\",\"name\":\"ApproximateNumberOfMessagesVisible\","
            + "\"dimensions\":{\"QueueName\":\"demo-decoupling-saa\"}}",
        told.detail().at("/configuration/metrics/0/metricStat/metric").toString());
    assertEquals("2026-11-21T03:02:00.000+0000", told.detail().at("/state/timestamp").asText());
    JsonNode data = JSON.readTree(told.detail().at("/state/reasonData").asText());
    assertEquals(500.0, data.at("/recentDatapoints/0").asDouble());
  }

  @Test
  void actsOnAForcedState() {
    watched.call(Watched.depthAlarm().build());
    watched.call(
        SetAlarmStateRequest.builder()
            .alarmName("depth")
            .stateValue("ALARM")
            .stateReason("drill")
            .stateReasonData("{\"by\":\"me\"}")
            .build());
    watched.clock.advance(Duration.ZERO);
    assertTrue(watched.sent.get(0).body().contains("\"NewStateReason\":\"drill\""));
  }

  @Test
  void invokesFunctionsWithAwsEvent() throws Exception {
    watched.call(Watched.depthAlarm().alarmActions(Watched.FUNCTION).build());
    watched.minutes("0X");
    Watched.Sent sent = watched.sent.get(0);
    assertEquals(Watched.FUNCTION, sent.target());
    assertEquals(
        new Caller.ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com", ALARM_ARN),
        sent.caller());
    JsonNode event = JSON.readTree(sent.body());
    assertEquals("aws.cloudwatch", event.path("source").asText());
    assertEquals("ALARM", event.at("/alarmData/state/value").asText());
    assertEquals("OK", event.at("/alarmData/previousState/value").asText());
    JsonNode stat = event.at("/alarmData/configuration/metrics/0/metricStat");
    assertEquals("Sum", stat.path("stat").asText());
    assertEquals("demo-decoupling-saa", stat.at("/metric/dimensions/QueueName").asText());
    JsonNode reasonData = JSON.readTree(event.at("/alarmData/state/reasonData").asText());
    assertEquals(500.0, reasonData.at("/recentDatapoints/0").asDouble());
  }

  @Test
  void recordsWhatHappened() throws Exception {
    watched.call(Watched.depthAlarm().build());
    watched.minutes("X");
    JsonNode created =
        JSON.readTree(watched.history(HistoryItemType.CONFIGURATION_UPDATE).get(0).historyData());
    assertEquals("Create", created.path("type").asText());
    assertEquals(100.0, created.at("/createdAlarm/threshold").asDouble());

    AlarmHistoryItem update = watched.history(HistoryItemType.STATE_UPDATE).get(0);
    assertEquals("Alarm updated from INSUFFICIENT_DATA to ALARM", update.historySummary());
    JsonNode data = JSON.readTree(update.historyData());
    assertEquals("INSUFFICIENT_DATA", data.at("/oldState/stateValue").asText());
    assertEquals(
        """
        {"version":"1.0","queryDate":"2026-11-21T03:01:00.000+0000",\
        "startDate":"2026-11-21T03:00:00.000+0000","statistic":"Sum","period":60,\
        "recentDatapoints":[500.0],"threshold":100.0,\
        "evaluatedDatapoints":[{"timestamp":"2026-11-21T03:00:00.000+0000","sampleCount":1.0,\
        "value":500.0}]}""",
        data.at("/newState/stateReasonData").toString());

    AlarmHistoryItem action = watched.history(HistoryItemType.ACTION).get(0);
    assertEquals("Successfully executed action " + Watched.TOPIC, action.historySummary());
    assertEquals("message-1", JSON.readTree(action.historyData()).path("messageId").asText());
  }

  @Test
  void theHistoryIsOneAlarmsAndATimesAndTellsOfItsDeletion() {
    watched.call(Watched.depthAlarm().build());
    watched.call(Watched.depthAlarm().alarmName("other").build());
    watched.clock.advance(Duration.ofMinutes(5));
    watched.call(DeleteAlarmsRequest.builder().alarmNames("depth").build());
    assertEquals(
        List.of("Alarm \"depth\" created", "Alarm \"depth\" deleted"),
        watched.history(HistoryItemType.CONFIGURATION_UPDATE).stream()
            .map(AlarmHistoryItem::historySummary)
            .toList());
    Instant deleted = watched.start.plus(Duration.ofMinutes(5));
    assertEquals(List.of("deleted"), endings(request -> request.startDate(deleted)));
    assertEquals(List.of("created", "created"), endings(request -> request.endDate(watched.start)));
  }

  private List<String> endings(Consumer<DescribeAlarmHistoryRequest.Builder> change) {
    DescribeAlarmHistoryResponse response =
        watched.call(DescribeAlarmHistoryRequest.builder().applyMutation(change).build());
    return response.alarmHistoryItems().stream()
        .map(item -> item.historySummary().replaceFirst(".* ", ""))
        .toList();
  }

  @Test
  void recordsAFailedAction() throws Exception {
    watched.refusal = AwsError.notFound("NotFound", "Topic does not exist");
    watched.call(Watched.depthAlarm().build());
    watched.minutes("X");
    AlarmHistoryItem action = watched.history(HistoryItemType.ACTION).get(0);
    assertEquals(
        "Failed to execute action "
            + Watched.TOPIC
            + ". Received error: \"NotFound: Topic does not exist\"",
        action.historySummary());
    assertEquals("Failed", JSON.readTree(action.historyData()).path("actionState").asText());
    assertEquals("ALARM", watched.state());
  }

  @Test
  void cutsTheSubjectToWhatSnsTakes() {
    String name = "n".repeat(255);
    watched.call(Watched.depthAlarm().alarmName(name).build());
    watched.minutes("X");
    String subject = String.valueOf(watched.sent.get(0).subject());
    assertEquals(100, subject.length());
    assertTrue(subject.endsWith("...\" in US East (N. Virginia)"), subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:automate:us-east-1:ec2:stop",
        "arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:x",
        "arn:aws:ssm:us-east-1:000000000000:opsitem:1"
      })
  void refusesActionsByNameThatItCannotDo(String arn) {
    AwsError error =
        assertThrows(
            AwsError.class, () -> watched.call(Watched.depthAlarm().alarmActions(arn).build()));
    assertEquals("NotImplemented", error.code());
    assertTrue(error.getMessage().contains(arn), error.getMessage());
  }
}
