package io.pipelab.local.sns;

import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.Metrics;
import java.util.Map;

/** The AWS/SNS metrics, by TopicName. */
final class TopicMetrics {
  private final Metrics metrics;

  TopicMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  void published(String topicArn, int bytes) {
    count(topicArn, "NumberOfMessagesPublished");
    metrics.record("AWS/SNS", "PublishSize", dimension(topicArn), bytes, "Bytes");
  }

  void delivered(String topicArn) {
    count(topicArn, "NumberOfNotificationsDelivered");
  }

  void failed(String topicArn) {
    count(topicArn, "NumberOfNotificationsFailed");
  }

  void filteredOut(String topicArn) {
    count(topicArn, "NumberOfNotificationsFilteredOut");
  }

  void redriven(String topicArn) {
    count(topicArn, "NumberOfNotificationsRedrivenToDlq");
  }

  private void count(String topicArn, String metric) {
    metrics.record("AWS/SNS", metric, dimension(topicArn), 1, "Count");
  }

  private static Map<String, String> dimension(String topicArn) {
    return Map.of("TopicName", Arn.parse(topicArn).name());
  }
}
