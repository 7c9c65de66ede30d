package io.pipelab;

import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What people do to a lab's resources beside CloudFormation. */
final class ByHand {
  private ByHand() {}

  static void unsubscribe(LabCopy lab) {
    String topic = lab.output("TopicArn");
    lab.aws
        .sns()
        .listSubscriptionsByTopic(list -> list.topicArn(topic))
        .subscriptions()
        .forEach(one -> lab.aws.sns().unsubscribe(un -> un.subscriptionArn(one.subscriptionArn())));
  }

  static void putAlarm(LabCopy lab, String queueName) {
    String topic = lab.output("TopicArn");
    String alarm = lab.output("AlarmName");
    lab.aws
        .cloudWatch()
        .putMetricAlarm(
            put ->
                put.alarmName(alarm)
                    .namespace("AWS/SQS")
                    .metricName("ApproximateNumberOfMessagesVisible")
                    .dimensions(Dimension.builder().name("QueueName").value(queueName).build())
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(10.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .treatMissingData("notBreaching")
                    .alarmActions(topic));
  }
}
