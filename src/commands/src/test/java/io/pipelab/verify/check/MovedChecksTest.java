package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.cloudwatch.AlarmHistory;
import io.pipelab.verify.check.cloudwatch.AlarmState;
import io.pipelab.verify.check.cloudwatch.LogContains;
import io.pipelab.verify.check.cloudwatch.MetricSum;
import io.pipelab.verify.check.queue.DeadLetters;
import io.pipelab.verify.check.queue.MessagesKept;
import io.pipelab.verify.check.queue.MessagesSent;
import io.pipelab.verify.check.queue.QueueDepth;
import io.pipelab.verify.check.table.ItemsOfRun;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The checks of how a load moved through a lab. */
class MovedChecksTest extends CheckTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofMinutes(5);
  private final List<AlarmHistoryItem> history = new ArrayList<>();

  @Test
  void theAlarmFiredOnADatapointAboveTheThreshold() {
    change(20, "OK", "ALARM", 500);
    assertSeen(
        State.HOLDS, "OK -> ALARM at " + LOAD_BEGAN.plusSeconds(20) + " on 500", alarmHistory());
  }

  @Test
  void anAlarmThatFiredBeforeTheLoadDoesNotCount() {
    change(-300, "OK", "ALARM", 700);
    change(-100, "ALARM", "OK", 0);
    assertSeen(State.NOT_YET, "no change into ALARM since the load", alarmHistory());
  }

  @Test
  void aLoadIntoAnAlarmThatIsAlreadyUpStartsNothing() {
    change(-300, "INSUFFICIENT_DATA", "OK", 0);
    change(-30, "OK", "ALARM", 700);
    assertSeen(
        State.NEVER,
        "it was already in ALARM when the load came, and acts only on the change",
        alarmHistory());
  }

  @Test
  void anAlarmBelowItsThresholdIsTheWrongAlarm() {
    change(20, "OK", "ALARM", 90);
    assertSeen(State.NEVER, null, alarmHistory());
  }

  @Test
  void aLoadBelowTheThresholdMustNotRaiseTheAlarm() {
    loads = List.of(load(50, 0));
    later(SOON);
    Observation early = alarmHistory();
    assertEquals("50 messages are not above 100: no change into ALARM", early.expected());
    assertSeen(State.NOT_YET, "no change into ALARM so far", early);
    later(LATE);
    assertSeen(State.HOLDS, "no change into ALARM", alarmHistory());
    change(20, "OK", "ALARM", 101);
    assertSeen(State.NEVER, null, alarmHistory());
  }

  @Test
  void whatWasInTheQueueBeforeCountsForTheAlarm() {
    loads = List.of(new LoadRecord("r1", "q", 60, 60, 0, 60, LOAD_BEGAN, LOAD_ENDED));
    assertSeen(State.NOT_YET, "no change into ALARM since the load", alarmHistory());
  }

  private Observation alarmHistory() {
    aws.on(
        DescribeAlarmHistoryRequest.class,
        DescribeAlarmHistoryResponse.builder().alarmHistoryItems(history).build());
    return look(
        AlarmHistory.TYPE, Map.of("alarm", "a", "threshold", "100", "whenLoadAbove", "100"));
  }

  private void change(int seconds, String from, String to, double datapoint) {
    Instant at = LOAD_BEGAN.plusSeconds(seconds);
    String data =
        "{\"oldState\":{\"stateValue\":\"%s\"},\"newState\":{\"stateValue\":\"%s\",\"stateReasonData\":{\"recentDatapoints\":[%s]}}}"
            .formatted(from, to, datapoint);
    history.add(AlarmHistoryItem.builder().timestamp(at).historyData(data).build());
  }

  @Test
  void alarmState() {
    Map<String, Object> settings = Map.of("alarm", "a", "notIn", "ALARM");
    alarm("ALARM");
    assertSeen(State.NOT_YET, "ALARM", look(AlarmState.TYPE, settings));
    alarm("OK");
    assertSeen(State.HOLDS, "OK", look(AlarmState.TYPE, settings));
  }

  private void alarm(String state) {
    aws.on(
        DescribeAlarmsRequest.class,
        DescribeAlarmsResponse.builder()
            .metricAlarms(MetricAlarm.builder().stateValue(state).build())
            .build());
  }

  @Test
  void messagesSentNeedsTheAccountAndTheMetric() {
    metric(499);
    assertSeen(State.NOT_YET, "500 sent, NumberOfMessagesSent 499", sent());
    metric(500);
    assertSeen(State.HOLDS, "500 sent, NumberOfMessagesSent 500", sent());
    assertEquals(
        Instant.parse("2026-01-02T03:04:00Z"),
        aws.requests(GetMetricStatisticsRequest.class).get(0).startTime());
    loads = List.of(new LoadRecord("r1", "q", 500, 498, 0, 0, LOAD_BEGAN, LOAD_ENDED));
    assertSeen(State.NEVER, "the queue took 498 of 500, says load-queue", sent());
  }

  private Observation sent() {
    return look(MessagesSent.TYPE, Map.of("queue", "http://q/1/queue"));
  }

  private void metric(double sum) {
    aws.on(
        GetMetricStatisticsRequest.class,
        GetMetricStatisticsResponse.builder()
            .datapoints(
                Datapoint.builder().sum(sum - 1).build(), Datapoint.builder().sum(1.0).build())
            .build());
  }

  @Test
  void metricSumIsExact() {
    Map<String, Object> settings =
        Map.of(
            "namespace",
            "AWS/Lambda",
            "metric",
            "Invocations",
            "dimensions",
            Map.of("FunctionName", "f"),
            "equals",
            1L);
    metric(1);
    assertSeen(State.HOLDS, "Invocations 1", look(MetricSum.TYPE, settings));
    metric(2);
    assertSeen(State.NEVER, "Invocations 2", look(MetricSum.TYPE, settings));
  }

  @Test
  void logLinesAreCounted() {
    Map<String, Object> settings =
        Map.of("logGroup", "/g", "text", "START", "equals", 1L, "whenLoadAbove", "100");
    log("START RequestId: 1", "END RequestId: 1");
    assertSeen(State.HOLDS, "1 x \"START\"", look(LogContains.TYPE, settings));
    assertEquals(
        LOAD_BEGAN.toEpochMilli(), aws.requests(FilterLogEventsRequest.class).get(0).startTime());
    log("START RequestId: 1", "START RequestId: 2");
    assertSeen(State.NEVER, "2 x \"START\"", look(LogContains.TYPE, settings));
    log();
    assertSeen(State.NOT_YET, "0 x \"START\"", look(LogContains.TYPE, settings));
    loads = List.of(load(50, 0));
    later(LATE);
    assertSeen(State.HOLDS, "0 x \"START\"", look(LogContains.TYPE, settings));
  }

  private void log(String... lines) {
    List<FilteredLogEvent> events = new ArrayList<>();
    for (String line : lines) {
      events.add(FilteredLogEvent.builder().message(line).build());
    }
    aws.on(FilterLogEventsRequest.class, FilterLogEventsResponse.builder().events(events).build());
  }

  @Test
  void everyValidMessageIsAnItemOnce() {
    loads = List.of(load(4, 1));
    items("a 1", "a 2");
    assertSeen(State.NOT_YET, "2 items from 1 hosts", items());
    items("a 1", "b 2", "a 3");
    assertSeen(State.HOLDS, "3 items from 2 hosts", items());
    assertEquals(
        AttributeValue.fromS("r1"),
        aws.requests(ScanRequest.class).get(0).expressionAttributeValues().get(":run"));
    items("a 1", "b 2", "c 3");
    assertSeen(State.NEVER, "3 items from 3 hosts", items());
    items("a 1", "b 2", "a 2");
    assertSeen(
        State.NEVER, "3 items from 2 hosts, 1 of them with a sequence number of another", items());
    items("a 1", "b 2", "a 3", "a 4");
    assertSeen(State.NEVER, "4 items from 2 hosts", items());
  }

  @Test
  void messagesThatSomebodyTookAreMissed() {
    Map<String, Object> settings =
        Map.of(
            "queue",
            "http://q/1/queue",
            "deadLetterQueue",
            "http://q/1/dead",
            "table",
            "t",
            "run",
            "runId");
    // FakeAws answers the same for both queues.
    queue(3, 2);
    stored(490);
    assertSeen(State.HOLDS, "none is lost", look(MessagesKept.TYPE, settings));
    stored(489);
    assertSeen(
        State.LACKS,
        "1 are neither in the queues nor in the table t",
        look(MessagesKept.TYPE, settings));
    stored(500);
    assertSeen(State.HOLDS, "none is lost", look(MessagesKept.TYPE, settings));
  }

  private void stored(int items) {
    aws.on(ScanRequest.class, ScanResponse.builder().count(items).build());
  }

  private Observation items() {
    return look(
        ItemsOfRun.TYPE,
        Map.of(
            "table",
            "t",
            "run",
            "runId",
            "sequence",
            "sequence",
            "host",
            "host",
            "hostsAtMost",
            2L));
  }

  private void items(String... hostsAndSequences) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (String item : hostsAndSequences) {
      String[] parts = item.split(" ");
      items.add(
          Map.of(
              "host", AttributeValue.fromS(parts[0]), "sequence", AttributeValue.fromN(parts[1])));
    }
    aws.on(ScanRequest.class, ScanResponse.builder().items(items).build());
  }

  @Test
  void aQueueIsEmptyWhenNothingIsInFlightEither() {
    Map<String, Object> settings =
        Map.of("queue", "http://q/1/queue", "equals", 0L, "whenLoadAbove", "100");
    queue(0, 3);
    assertSeen(State.NOT_YET, "depth 0, 3 in flight", look(QueueDepth.TYPE, settings));
    queue(0, 0);
    assertSeen(State.HOLDS, "depth 0, 0 in flight", look(QueueDepth.TYPE, settings));
    loads = List.of(load(50, 0));
    queue(50, 0);
    assertSeen(State.HOLDS, "depth 50, 0 in flight", look(QueueDepth.TYPE, settings));
  }

  @Test
  void deadLettersAreExactlyThePoisonOfAllLoads() {
    Map<String, Object> settings =
        new LinkedHashMap<>(Map.of("queue", "http://q/1/dlq", "whenLoadAbove", "100"));
    loads = List.of(load(500, 2), load(500, 1));
    queue(2, 0);
    assertSeen(State.NOT_YET, "2 dead letters", look(DeadLetters.TYPE, settings));
    queue(3, 0);
    assertSeen(State.HOLDS, "3 dead letters", look(DeadLetters.TYPE, settings));
    queue(4, 0);
    assertSeen(State.NEVER, "4 dead letters", look(DeadLetters.TYPE, settings));
    loads = List.of(load(500, 2), load(50, 1));
    queue(2, 0);
    assertSeen(State.HOLDS, "2 dead letters", look(DeadLetters.TYPE, settings));
  }

  @Test
  void moreDeadLettersMayComeWhileTheirQueueIsNotEmpty() {
    Map<String, Object> settings =
        Map.of("queue", "http://q/1/dlq", "source", "http://q/1/queue", "whenLoadAbove", "100");
    loads = List.of(load(500, 2));
    // FakeAws answers the same for both queues.
    queue(2, 0);
    assertSeen(State.NOT_YET, "2 dead letters", look(DeadLetters.TYPE, settings));
    loads = List.of(load(500, 0));
    queue(0, 0);
    assertSeen(State.HOLDS, "0 dead letters", look(DeadLetters.TYPE, settings));
  }

  private void queue(int visible, int inFlight) {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    String.valueOf(visible),
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    String.valueOf(inFlight)))
            .build());
  }
}
