package io.pipelab.local.sqs;

import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What SQS reports to CloudWatch in AWS/SQS (Amazon SQS Developer Guide, "Available CloudWatch
 * metrics"): counts as calls happen, depths once a minute.
 */
final class QueueMetrics implements MetricSource {
  private static final String NAMESPACE = "AWS/SQS";

  private final Metrics metrics;
  private final Queues queues;
  private final MessageAges ages;
  private final InstantSource wall;

  QueueMetrics(Metrics metrics, Queues queues, MessageAges ages, InstantSource wall) {
    this.metrics = metrics;
    this.queues = queues;
    this.ages = ages;
    this.wall = wall;
  }

  void sent(Queue queue, int bytes) {
    record(metrics, queue, "NumberOfMessagesSent", 1, "Count");
    record(metrics, queue, "SentMessageSize", bytes, "Bytes");
  }

  void received(Queue queue, int messages) {
    if (messages > 0) {
      record(metrics, queue, "NumberOfMessagesReceived", messages, "Count");
    } else {
      record(metrics, queue, "NumberOfEmptyReceives", 1, "Count");
    }
  }

  void deleted(Queue queue, int messages) {
    if (messages > 0) {
      record(metrics, queue, "NumberOfMessagesDeleted", messages, "Count");
    }
  }

  @Override
  public void sample(Metrics metrics) {
    for (Queue queue : queues.all()) {
      Map<String, String> counts = queues.counts(queue);
      gauge(metrics, queue, counts, "ApproximateNumberOfMessages", "Visible");
      gauge(metrics, queue, counts, "ApproximateNumberOfMessagesNotVisible", "");
      gauge(metrics, queue, counts, "ApproximateNumberOfMessagesDelayed", "");
      record(metrics, queue, "ApproximateAgeOfOldestMessage", age(queue), "Seconds");
    }
  }

  private void gauge(
      Metrics metrics, Queue queue, Map<String, String> counts, String attribute, String suffix) {
    double value = Double.parseDouble(counts.getOrDefault(attribute, "0"));
    record(metrics, queue, attribute + suffix, value, "Count");
  }

  private long age(Queue queue) {
    OptionalLong oldest = ages.oldest(queue.name);
    return oldest.isEmpty() ? 0 : Math.max(0, (wall.millis() - oldest.getAsLong()) / 1000);
  }

  private static void record(
      Metrics metrics, Queue queue, String metric, double value, String unit) {
    metrics.record(NAMESPACE, metric, Map.of("QueueName", queue.name), value, unit);
  }
}
