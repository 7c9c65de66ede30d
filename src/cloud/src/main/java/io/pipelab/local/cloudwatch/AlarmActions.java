package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.TopicPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * Does what an alarm's new state asks for: publishes to topics and invokes functions. How each went
 * stands in the alarm's history.
 */
final class AlarmActions implements StateChange.Listener {
  private static final String PRINCIPAL = "cloudwatch.amazonaws.com";
  private static final String LAMBDA_PRINCIPAL = "lambda.alarms.cloudwatch.amazonaws.com";
  private static final int MAX_SUBJECT = 100;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final AlarmHistory history;
  private volatile @Nullable TopicPublisher topics;
  private volatile @Nullable FunctionInvoker functions;

  AlarmActions(CloudIdentity identity, CloudClock clock, AlarmHistory history) {
    this.identity = identity;
    this.clock = clock;
    this.history = history;
  }

  void connect(TopicPublisher topicPublisher, FunctionInvoker functionInvoker) {
    this.topics = topicPublisher;
    this.functions = functionInvoker;
  }

  /**
   * Checks an action's ARN, as PutMetricAlarm does.
   *
   * @throws AwsError ValidationError; NotImplemented for what only the real CloudWatch can do
   */
  void validate(String action) {
    Arn arn;
    try {
      arn = Arn.parse(action);
    } catch (IllegalArgumentException e) {
      throw Invalid.validation("Invalid arn syntax: " + action);
    }
    boolean supported =
        arn.service().equals("sns")
            || (arn.service().equals("lambda") && arn.resource().startsWith("function:"));
    if (!supported) {
      throw AwsError.notImplemented("the alarm action " + action);
    }
    if (!arn.region().equals(identity.region())) {
      throw Invalid.validation(
          "Invalid region "
              + arn.region()
              + " specified. Only "
              + identity.region()
              + " is supported.");
    }
  }

  /** Runs the actions on one of the clock's threads: a slow one must not hold up the minute. */
  @Override
  public void changed(StateChange change) {
    if (!change.actions().isEmpty()) {
      clock.after(Duration.ZERO, () -> change.actions().forEach(action -> run(action, change)));
    }
  }

  private void run(String action, StateChange change) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("actionState", "Succeeded")
        .put("stateUpdateTimestamp", change.after().stateUpdatedTimestamp().toEpochMilli())
        .put("notificationResource", action);
    String summary = "Successfully executed action " + action;
    try {
      if (Arn.parse(action).service().equals("sns")) {
        publish(action, change, data);
      } else {
        invoke(action, change, data);
      }
    } catch (RuntimeException | Error failure) {
      String error =
          failure instanceof AwsError refused
              ? refused.code() + ": " + refused.getMessage()
              : failure.toString();
      data.put("actionState", "Failed").put("error", error);
      summary = "Failed to execute action " + action + ". Received error: \"" + error + "\"";
    }
    history.add(change.after().alarmName(), HistoryItemType.ACTION, summary, data, clock.now());
  }

  private void publish(String topicArn, StateChange change, ObjectNode data) {
    String message = AlarmJson.notification(change, identity).toString();
    data.put(
        "publishedMessage",
        JsonNodeFactory.instance.objectNode().put("default", message).toString());
    TopicPublisher publisher = topics;
    if (publisher == null) {
      throw AwsError.notImplemented("alarm actions before CloudWatch is connected to SNS");
    }
    Caller caller = new Caller.ServicePrincipal(PRINCIPAL, change.after().alarmArn());
    data.put("messageId", publisher.publish(topicArn, subject(change.after()), message, caller));
  }

  private void invoke(String functionArn, StateChange change, ObjectNode data) {
    String event = AlarmJson.event(change, identity).toString();
    data.put("publishedMessage", event);
    FunctionInvoker invoker = functions;
    if (invoker == null) {
      throw AwsError.notImplemented("alarm actions before CloudWatch is connected to Lambda");
    }
    Caller caller = new Caller.ServicePrincipal(LAMBDA_PRINCIPAL, change.after().alarmArn());
    invoker.invokeAsync(functionArn, event.getBytes(StandardCharsets.UTF_8), caller);
  }

  private String subject(MetricAlarm alarm) {
    String head = alarm.stateValueAsString() + ": \"";
    String tail = "\" in " + RegionNames.of(identity.region());
    int room = MAX_SUBJECT - head.length() - tail.length();
    String name = alarm.alarmName();
    return head + (name.length() > room ? name.substring(0, room - 3) + "..." : name) + tail;
  }
}
