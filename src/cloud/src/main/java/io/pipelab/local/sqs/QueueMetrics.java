package io.pipelab.local.sqs;

import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SENT_TIMESTAMP;

import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

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

  void sent(Queue queue, String messageId, int bytes) {
    ages.added(queue.name, messageId, wall.millis());
    record(metrics, queue, "NumberOfMessagesSent", 1, "Count");
    record(metrics, queue, "SentMessageSize", bytes, "Bytes");
  }

  /** Counts messages that were received, with all their system attributes. */
  void received(Queue queue, List<Message> messages) {
    if (messages.isEmpty()) {
      record(metrics, queue, "NumberOfEmptyReceives", 1, "Count");
      return;
    }
    record(metrics, queue, "NumberOfMessagesReceived", messages.size(), "Count");
    RedrivePolicy redrive = RedrivePolicy.of(queue);
    for (Message message : messages) {
      ages.added(queue.name, message.messageId(), number(message, SENT_TIMESTAMP));
      if (redrive != null && number(message, APPROXIMATE_RECEIVE_COUNT) >= redrive.maxReceives()) {
        ages.exhausted(queue.name, message.messageId());
      }
    }
  }

  private static long number(Message message, MessageSystemAttributeName attribute) {
    return Long.parseLong(message.attributes().getOrDefault(attribute, "0"));
  }

  void deleted(Queue queue, Collection<String> receiptHandles) {
    if (!receiptHandles.isEmpty()) {
      receiptHandles.forEach(handle -> gone(queue, handle));
      record(metrics, queue, "NumberOfMessagesDeleted", receiptHandles.size(), "Count");
    }
  }

  /** Forgets a message that nobody deleted: it outlived its queue's retention period. */
  void gone(Queue queue, String receiptHandle) {
    ages.removed(queue.name, ReceiptHandles.messageId(receiptHandle));
  }

  /** Forgets the messages of a queue that was purged. */
  void emptied(String queueName) {
    ages.cleared(queueName);
  }

  @Override
  public void sample(Metrics metrics) {
    for (Queue queue : queues.all()) {
      Map<String, String> counts = queues.counts(queue);
      gauge(metrics, queue, counts, "ApproximateNumberOfMessages", "Visible");
      gauge(metrics, queue, counts, "ApproximateNumberOfMessagesNotVisible", "");
      gauge(metrics, queue, counts, "ApproximateNumberOfMessagesDelayed", "");
      settle(queue, counts);
    }
    // After all have settled: one queue's messages may be another's dead letters.
    for (Queue queue : queues.all()) {
      record(metrics, queue, "ApproximateAgeOfOldestMessage", age(queue), "Seconds");
    }
  }

  private void settle(Queue queue, Map<String, String> counts) {
    long messages = counts.values().stream().mapToLong(Long::parseLong).sum();
    RedrivePolicy redrive = RedrivePolicy.of(queue);
    Queue deadLetters = redrive == null ? null : queues.find(redrive.target());
    ages.settle(queue.name, messages, deadLetters == null ? null : deadLetters.name);
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
