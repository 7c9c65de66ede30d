package io.pipelab.local.cloudwatch;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.ToldEvents;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * A CloudWatch of its own for a test, with a clock that stands still and actions that are noted.
 */
final class Watched {
  static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:fasttrack-saa";
  static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:fasttrack-saa";
  static final Map<String, String> QUEUE = Map.of("QueueName", "demo-decoupling-saa");
  static final String DEPTH = "ApproximateNumberOfMessagesVisible";

  /** A message or an event that an alarm sent. */
  record Sent(String target, @Nullable String subject, String body, Caller caller) {}

  final ManualClock clock = new ManualClock();
  final Instant start = clock.now();
  final List<Sent> sent = new ArrayList<>();
  final List<ToldEvents.Told> told = new ArrayList<>();
  final CloudWatch cloudWatch;
  @Nullable RuntimeException refusal;

  Watched() {
    CloudIdentity identity =
        new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566"));
    cloudWatch = new CloudWatch(identity, clock);
    cloudWatch.connect(this::publish, new Functions(), new ToldEvents(told));
  }

  private String publish(String topicArn, @Nullable String subject, String message, Caller caller) {
    if (refusal != null) {
      throw refusal;
    }
    sent.add(new Sent(topicArn, subject, message, caller));
    return "message-" + sent.size();
  }

  private final class Functions implements FunctionInvoker {
    @Override
    public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
      throw new AssertionError("alarms invoke asynchronously");
    }

    @Override
    public void check(String functionArn, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
      sent.add(new Sent(functionArn, null, new String(payload, StandardCharsets.UTF_8), caller));
    }
  }

  /** Calls an action as the gateway does. */
  @SuppressWarnings("unchecked")
  <O extends SdkPojo> O call(SdkPojo request) {
    Action<SdkPojo, O> action =
        (Action<SdkPojo, O>) cloudWatch.actions().byRequest().get(request.getClass());
    assertNotNull(action);
    return action.handle(request, new Caller.Operator("arn:aws:iam::000000000000:root", "test"));
  }

  /** The lab's alarm: depth above 100, Sum over 60 s, one of one, missing data missing. */
  static PutMetricAlarmRequest.Builder depthAlarm() {
    return PutMetricAlarmRequest.builder()
        .alarmName("depth")
        .namespace("AWS/SQS")
        .metricName(DEPTH)
        .dimensions(Dimension.builder().name("QueueName").value("demo-decoupling-saa").build())
        .statistic(Statistic.SUM)
        .period(60)
        .evaluationPeriods(1)
        .threshold(100.0)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .alarmActions(TOPIC);
  }

  /**
   * Lets a minute pass for each character, oldest first: {@code X} with a breaching sample, {@code
   * 0} with one that does not breach, {@code -} without a sample.
   */
  void minutes(String samples) {
    for (char sample : samples.toCharArray()) {
      if (sample != '-') {
        record(sample == 'X' ? 500 : 0);
      }
      clock.advance(Duration.ofMinutes(1));
    }
  }

  void record(double depth) {
    cloudWatch.record("AWS/SQS", DEPTH, QUEUE, depth, "Count");
  }

  MetricAlarm alarm() {
    return alarm("depth");
  }

  MetricAlarm alarm(String name) {
    DescribeAlarmsResponse response =
        call(DescribeAlarmsRequest.builder().alarmNames(name).build());
    return response.metricAlarms().get(0);
  }

  String state() {
    return alarm().stateValueAsString();
  }

  /** The items of a type, oldest first. */
  List<AlarmHistoryItem> history(HistoryItemType type) {
    DescribeAlarmHistoryResponse response =
        call(
            DescribeAlarmHistoryRequest.builder()
                .alarmName("depth")
                .historyItemType(type)
                .scanBy("TimestampAscending")
                .build());
    return response.alarmHistoryItems();
  }

  /** The changes of state, oldest first, as the history sums them up. */
  List<String> changes() {
    return history(HistoryItemType.STATE_UPDATE).stream()
        .map(item -> item.historySummary().substring("Alarm updated from ".length()))
        .toList();
  }
}
