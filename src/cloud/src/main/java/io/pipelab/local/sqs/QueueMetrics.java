package io.pipelab.local.sqs;

import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.sqs.engine.QueueDepth;
import io.pipelab.local.sqs.engine.SentMessage;
import java.util.Map;

/**
 * What SQS reports to CloudWatch in AWS/SQS (Amazon SQS Developer Guide, "Available CloudWatch
 * metrics"): counts as calls happen, depths once a minute.
 */
final class QueueMetrics implements MetricSource {
  private static final String NAMESPACE = "AWS/SQS";

  private final Metrics metrics;
  private final Queues queues;

  QueueMetrics(Metrics metrics, Queues queues) {
    this.metrics = metrics;
    this.queues = queues;
  }

  void sent(Queue queue, SentMessage sent, int bytes) {
    if (sent.duplicate()) {
      record(metrics, queue, "NumberOfDeduplicatedSentMessages", 1, "Count");
      return;
    }
    record(metrics, queue, "NumberOfMessagesSent", 1, "Count");
    record(metrics, queue, "SentMessageSize", bytes, "Bytes");
  }

  void received(Queue queue, int messages) {
    if (messages == 0) {
      record(metrics, queue, "NumberOfEmptyReceives", 1, "Count");
    } else {
      record(metrics, queue, "NumberOfMessagesReceived", messages, "Count");
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
      Queues.depth(queue).ifPresent(depth -> gauges(metrics, queue, depth));
    }
  }

  private static void gauges(Metrics metrics, Queue queue, QueueDepth depth) {
    record(metrics, queue, "ApproximateNumberOfMessagesVisible", depth.visible(), "Count");
    record(metrics, queue, "ApproximateNumberOfMessagesNotVisible", depth.inFlight(), "Count");
    record(metrics, queue, "ApproximateNumberOfMessagesDelayed", depth.delayed(), "Count");
    record(metrics, queue, "ApproximateAgeOfOldestMessage", depth.oldestSeconds(), "Seconds");
  }

  private static void record(
      Metrics metrics, Queue queue, String metric, double value, String unit) {
    metrics.record(NAMESPACE, metric, Map.of("QueueName", queue.name), value, unit);
  }
}
