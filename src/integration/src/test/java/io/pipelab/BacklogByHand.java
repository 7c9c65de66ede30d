package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * The lab {@code decoupling}, its first phase a stack and the rest made by hand: driven, judged,
 * done wrong in several ways, and left alone by {@code down}.
 */
final class BacklogByHand {
  private static final String[] LIVE = {
    "--step",
    "queue",
    "--step",
    "topic",
    "--step",
    "subscription",
    "--step",
    "function",
    "--step",
    "alarm",
    "--within",
    "1s"
  };

  private final LabCopy stack;
  private final LabCopy lab;
  private final String queue;
  private final String function;
  private final String topic;

  private BacklogByHand(LabCopy stack, LabCopy lab) {
    this.stack = stack;
    this.lab = lab;
    this.queue = lab.prefix() + "demo-decoupling-saa";
    this.function = lab.prefix() + "fasttrack-saa";
    this.topic = "arn:aws:sns:us-east-1:000000000000:" + lab.prefix() + "fasttrack-saa";
  }

  /**
   * Checks it.
   *
   * @param stack the copy as its stack makes it
   * @param lab the same copy by name
   */
  static void check(LabCopy stack, LabCopy lab) {
    BacklogByHand byHand = new BacklogByHand(stack, lab);
    byHand.works();
    byHand.doneWrong();
    byHand.staysWhenTheStackGoes();
  }

  private void works() {
    lab.load(20);
    lab.verify(0)
        .nothingFailed()
        .passed("table", "image", "cluster", "task-definition", "security-group", "roles")
        .passed("function", "topic", "subscription", "alarm", "alarm-fired", "function-invoked")
        .passed("tasks-started", "stored")
        .advises("queue", "no queue named " + queue + "-dead-letter")
        .advises("loaded", "no queue named " + queue + "-dead-letter")
        .advises("drained", "no queue named " + queue + "-dead-letter");
  }

  private void doneWrong() {
    alarm(Statistic.AVERAGE, 10, queue);
    lab.aws.sns().unsubscribe(un -> un.subscriptionArn(subscription().subscriptionArn()));
    lab.aws.lambda().removePermission(re -> re.functionName(function).statementId("sns"));
    lab.verify(1, LIVE)
        .failedOnly(Set.of("alarm", "subscription", "function"))
        .saw("alarm", "statistic Average, not Sum")
        .saw("subscription", "has no subscription")
        .saw("function", "lets in nobody");

    alarm(Statistic.SUM, 100, queue);
    subscribe();
    permit("events.amazonaws.com");
    lab.verify(1, LIVE)
        .failedOnly(Set.of("alarm", "function"))
        .saw("alarm", "threshold 100, not 10")
        .saw("function", "does not let in sns.amazonaws.com");

    alarm(Statistic.SUM, 10, queue + "-2");
    permit("sns.amazonaws.com");
    lab.verify(1, LIVE)
        .failedOnly(Set.of("alarm"))
        .saw("alarm", "dimensions {QueueName=" + queue + "-2}")
        .advises("function", "it works, but lets in events.amazonaws.com");

    lab.aws.cloudWatch().deleteAlarms(delete -> delete.alarmNames(function + "-too-many"));
    lab.verify(1, LIVE)
        .failedOnly(Set.of("alarm"))
        .saw("alarm", "no alarm named " + function + "-backlog or ");
  }

  private void staysWhenTheStackGoes() {
    stack.down();
    assertTrue(
        lab.aws.sqs().listQueues().queueUrls().stream().anyMatch(url -> url.endsWith("/" + queue)));
    assertTrue(
        lab.aws.sns().listTopics().topics().stream().anyMatch(one -> one.topicArn().equals(topic)));
  }

  private void alarm(Statistic statistic, double threshold, String queueName) {
    lab.aws
        .cloudWatch()
        .putMetricAlarm(
            put ->
                put.alarmName(function + "-too-many")
                    .namespace("AWS/SQS")
                    .metricName("ApproximateNumberOfMessagesVisible")
                    .dimensions(Dimension.builder().name("QueueName").value(queueName).build())
                    .statistic(statistic)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(threshold)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .alarmActions(topic));
  }

  private Subscription subscription() {
    return lab.aws
        .sns()
        .listSubscriptionsByTopic(list -> list.topicArn(topic))
        .subscriptions()
        .get(0);
  }

  private void subscribe() {
    lab.aws
        .sns()
        .subscribe(
            to ->
                to.topicArn(topic)
                    .protocol("lambda")
                    .endpoint("arn:aws:lambda:us-east-1:000000000000:function:" + function));
  }

  private void permit(String principal) {
    lab.aws
        .lambda()
        .addPermission(
            add ->
                add.functionName(function)
                    .statementId(principal.replace('.', '-'))
                    .action("lambda:InvokeFunction")
                    .principal(principal)
                    .sourceArn(topic));
  }
}
