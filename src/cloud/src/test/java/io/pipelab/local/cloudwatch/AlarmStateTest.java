package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;

/** Which state an alarm takes, by the tables of CloudWatch's user guide. */
final class AlarmStateTest {
  private final Watched watched = new Watched();

  @Test
  void startsWithoutData() {
    watched.call(Watched.depthAlarm().build());
    assertEquals("INSUFFICIENT_DATA", watched.state());
    assertEquals("Unchecked: Initial alarm creation", watched.alarm().stateReason());
  }

  @Test
  void goesToAlarmAndBackWithItsReasons() {
    watched.call(Watched.depthAlarm().datapointsToAlarm(1).build());
    watched.minutes("X");
    assertEquals("ALARM", watched.state());
    assertEquals(
        "Threshold Crossed: 1 out of the last 1 datapoints [500.0 (21/11/26 03:00:00)] was greater"
            + " than the threshold (100.0) (minimum 1 datapoint for OK -> ALARM transition).",
        watched.alarm().stateReason());
    watched.minutes("0");
    assertEquals(
        "Threshold Crossed: 1 out of the last 1 datapoints [0.0 (21/11/26 03:01:00)] was not"
            + " greater than the threshold (100.0) (minimum 1 datapoint for ALARM -> OK"
            + " transition).",
        watched.alarm().stateReason());
    assertEquals(List.of("INSUFFICIENT_DATA to ALARM", "ALARM to OK"), watched.changes());
  }

  @ParameterizedTest(name = "{0} of {0} over a stall of {2} minutes, {1}")
  @CsvSource({
    "1, notBreaching, 4",
    "3, notBreaching, 4",
    "3, missing, 10",
    "3, notBreaching, 61",
    "5, notBreaching, 90",
    "1, notBreaching, 1500",
    "5, breaching, 90"
  })
  void aStallChangesNoStateAndActsNoTwice(int periods, String treatment, int minutes) {
    watched.cloudWatch.addSource(
        metrics -> metrics.record("AWS/SQS", Watched.DEPTH, Watched.QUEUE, 500, "Count"));
    watched.call(
        Watched.depthAlarm().evaluationPeriods(periods).treatMissingData(treatment).build());
    watched.clock.advance(Duration.ofMinutes(periods + 2));
    assertEquals("ALARM", watched.state());
    List<String> changes = watched.changes();
    int published = watched.sent.size();
    watched.clock.stall(Duration.ofMinutes(minutes));
    watched.clock.advance(Duration.ofMinutes(10));
    assertEquals(changes, watched.changes());
    assertEquals(published, watched.sent.size());
  }

  @Test
  void oneSourceThatEndsWithAnErrorSilencesNoOther() {
    watched.cloudWatch.addSource(
        metrics -> {
          throw new StackOverflowError();
        });
    watched.cloudWatch.addSource(
        metrics -> metrics.record("AWS/SQS", Watched.DEPTH, Watched.QUEUE, 500, "Count"));
    watched.call(Watched.depthAlarm().build());
    watched.clock.advance(Duration.ofMinutes(1));
    assertEquals("ALARM", watched.state());
  }

  @Test
  void saysLessWhenDatapointsToAlarmIsNotSet() {
    watched.call(Watched.depthAlarm().evaluationPeriods(2).build());
    watched.minutes("XX");
    assertEquals(
        "Threshold Crossed: 2 datapoints [500.0 (21/11/26 03:01:00), 500.0 (21/11/26 03:00:00)]"
            + " were greater than the threshold (100.0).",
        watched.alarm().stateReason());
  }

  /** Three of three, evaluation range five: the first table, and then the second, two of three. */
  @ParameterizedTest(name = "{0} of 3, {1}, {2}: {3}")
  @CsvSource({
    "3, 0-X-X, missing, OK",
    "3, 0-X-X, ignore, OK",
    "3, 0-X-X, breaching, OK",
    "3, 0-X-X, notBreaching, OK",
    "3, 0----, missing, OK",
    "3, 0----, ignore, OK",
    "3, 0----, breaching, OK",
    "3, 0----, notBreaching, OK",
    "3, -----, missing, INSUFFICIENT_DATA",
    "3, -----, ignore, kept",
    "3, -----, breaching, ALARM",
    "3, -----, notBreaching, OK",
    "3, 0XX-X, missing, ALARM",
    "3, 0XX-X, ignore, ALARM",
    "3, 0XX-X, breaching, ALARM",
    "3, 0XX-X, notBreaching, ALARM",
    "3, --X--, missing, ALARM",
    "3, --X--, ignore, kept",
    "3, --X--, breaching, ALARM",
    "3, --X--, notBreaching, OK",
    "3, ----X, missing, kept",
    "3, ---X-, missing, kept",
    "2, 0-X-X, missing, ALARM",
    "2, 0-X-X, notBreaching, ALARM",
    "2, 00X0X, ignore, ALARM",
    "2, 00X0X, breaching, ALARM",
    "2, 0-X--, missing, OK",
    "2, 0-X--, ignore, OK",
    "2, 0-X--, breaching, ALARM",
    "2, 0-X--, notBreaching, OK",
    "2, ----0, missing, OK",
    "2, ----0, ignore, OK",
    "2, ----0, breaching, ALARM",
    "2, ----0, notBreaching, OK",
    "2, ---X-, missing, ALARM",
    "2, ---X-, ignore, kept",
    "2, ---X-, breaching, ALARM",
    "2, ---X-, notBreaching, OK",
    "2, -X-X-, missing, ALARM",
    "2, -X-X-, ignore, ALARM",
    "2, -X-X-, breaching, ALARM",
    "2, -X-X-, notBreaching, ALARM",
  })
  void treatsMissingDataAsDocumented(int needed, String data, String treat, String expected) {
    watched.minutes(data.substring(0, 4));
    if (data.charAt(4) != '-') {
      watched.record(data.charAt(4) == 'X' ? 500 : 0);
    }
    PutMetricAlarmRequest.Builder alarm =
        Watched.depthAlarm().evaluationPeriods(3).datapointsToAlarm(needed).treatMissingData(treat);
    for (String before : List.of("OK", "ALARM", "INSUFFICIENT_DATA")) {
      watched.call(alarm.alarmName(before).build());
      force(before, before);
    }
    watched.clock.advance(Duration.ofMinutes(1));
    for (String before : List.of("OK", "ALARM", "INSUFFICIENT_DATA")) {
      assertEquals(
          expected.equals("kept") ? before : expected, watched.alarm(before).stateValueAsString());
    }
  }

  @ParameterizedTest(name = "{1} {0} 100: {2}")
  @CsvSource({
    "GreaterThanThreshold, 100, OK",
    "GreaterThanThreshold, 101, ALARM",
    "GreaterThanOrEqualToThreshold, 99, OK",
    "GreaterThanOrEqualToThreshold, 100, ALARM",
    "LessThanThreshold, 100, OK",
    "LessThanThreshold, 99, ALARM",
    "LessThanOrEqualToThreshold, 101, OK",
    "LessThanOrEqualToThreshold, 100, ALARM",
  })
  void comparesWithTheThreshold(String operator, double depth, String state) {
    watched.call(Watched.depthAlarm().comparisonOperator(operator).build());
    watched.record(depth);
    watched.clock.advance(Duration.ofMinutes(1));
    assertEquals(state, watched.state());
  }

  private void force(String alarm, String state) {
    watched.call(
        SetAlarmStateRequest.builder()
            .alarmName(alarm)
            .stateValue(state)
            .stateReason("test")
            .build());
  }

  @Test
  void neverLosesItsStateOverMissingDynamoDbData() {
    watched.call(
        Watched.depthAlarm().namespace("AWS/DynamoDB").treatMissingData("breaching").build());
    watched.minutes("---");
    assertEquals("INSUFFICIENT_DATA", watched.state());
  }

  @Test
  void namesMissingData() {
    watched.call(Watched.depthAlarm().evaluationPeriods(2).treatMissingData("breaching").build());
    watched.minutes("-");
    assertEquals(
        "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints"
            + " were treated as [Breaching].",
        watched.alarm().stateReason());
    watched.minutes("0");
    assertEquals(
        "Threshold Crossed: 1 datapoint [0.0 (21/11/26 03:01:00)] was not greater than the"
            + " threshold (100.0) and 1 missing datapoint was treated as [Breaching].",
        watched.alarm().stateReason());
  }

  @Test
  void losesItsDataAfterTheEvaluationRange() {
    watched.call(Watched.depthAlarm().build());
    watched.minutes("X--");
    assertEquals("ALARM", watched.state());
    watched.minutes("-");
    assertEquals("INSUFFICIENT_DATA", watched.state());
    assertEquals("Insufficient Data: 1 datapoint was unknown.", watched.alarm().stateReason());
  }

  @Test
  void slidesPeriodsOfFiveMinutes() {
    watched.call(Watched.depthAlarm().period(300).threshold(1000.0).build());
    watched.minutes("XX");
    assertEquals("OK", watched.state());
    watched.minutes("X");
    assertEquals("ALARM", watched.state());
    assertEquals(
        "Threshold Crossed: 1 datapoint [1500.0 (21/11/26 02:58:00)] was greater than the"
            + " threshold (1000.0).",
        watched.alarm().stateReason());
  }

  @Test
  void leavesAForcedStateAtTheNextMinute() {
    watched.call(Watched.depthAlarm().build());
    watched.minutes("0");
    force("depth", "ALARM");
    assertEquals("ALARM", watched.state());
    watched.minutes("0");
    assertEquals("OK", watched.state());
  }

  @Test
  void keepsItsStateWhenItIsReconfigured() {
    watched.call(Watched.depthAlarm().build());
    watched.minutes("X");
    watched.call(Watched.depthAlarm().threshold(1000.0).build());
    assertEquals("ALARM", watched.state());
    watched.minutes("X");
    assertEquals("OK", watched.state());
  }

  @Test
  void seesAGaugeOfTheMinuteThatJustEnded() {
    watched.cloudWatch.addSource(
        metrics -> metrics.record("AWS/SQS", Watched.DEPTH, Watched.QUEUE, 101, "Count"));
    watched.cloudWatch.addSource(
        metrics -> {
          throw new IllegalStateException("expected in this test");
        });
    watched.call(Watched.depthAlarm().build());
    watched.clock.advance(Duration.ofSeconds(59));
    assertEquals("INSUFFICIENT_DATA", watched.state());
    watched.clock.advance(Duration.ofSeconds(1));
    assertEquals("ALARM", watched.state());
    assertEquals(watched.start.plusSeconds(60), watched.alarm().stateTransitionedTimestamp());
  }
}
