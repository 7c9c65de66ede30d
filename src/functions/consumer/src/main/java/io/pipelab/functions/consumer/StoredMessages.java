package io.pipelab.functions.consumer;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The messages of one poll that are in the table and still in the queue. They are deleted together,
 * ten by one call, but none waits long for it: a message that is not deleted in time comes back.
 */
final class StoredMessages {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final SqsClient sqs;
  private final String queueUrl;
  private final Clock clock;
  private final PrintStream log;
  private final List<Message> messages = new ArrayList<>();
  private Instant oldest = Instant.MAX;

  StoredMessages(SqsClient sqs, String queueUrl, Clock clock, PrintStream log) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.clock = clock;
    this.log = log;
  }

  void add(Message message) {
    if (messages.isEmpty()) {
      oldest = clock.instant();
    }
    messages.add(message);
  }

  /** Whether the first of them waits for too long to be deleted. */
  boolean isDue() {
    return !messages.isEmpty() && !clock.instant().isBefore(oldest.plus(LONGEST));
  }

  /**
   * Deletes them from the queue; returns what became of them.
   *
   * @throws AwsServiceException when the queue refuses every delete (denied, missing)
   */
  Totals delete() {
    Totals totals = Totals.NONE;
    if (messages.isEmpty()) {
      return totals;
    }
    List<Message> now = List.copyOf(messages);
    messages.clear();
    Map<String, String> failures = failures(now);
    for (int i = 0; i < now.size(); i++) {
      String failure = failures.get(String.valueOf(i));
      log.println(
          failure == null
              ? "stored " + now.get(i).body()
              : "failed " + now.get(i).messageId() + ": " + failure);
      totals = totals.plus(failure == null ? Totals.Outcome.STORED : Totals.Outcome.FAILED);
    }
    return totals;
  }

  /** Why messages were not deleted, by their number among them. */
  private Map<String, String> failures(List<Message> now) {
    Map<String, String> failures = new HashMap<>();
    try {
      DeleteMessageBatchResponse answer =
          sqs.deleteMessageBatch(delete -> delete.queueUrl(queueUrl).entries(entries(now)));
      for (BatchResultErrorEntry failed : answer.failed()) {
        failures.put(failed.id(), failed.code() + ": " + failed.message());
      }
    } catch (AwsServiceException e) {
      if (PollLoop.isForEveryMessage(e)) {
        throw e;
      }
      entries(now).forEach(entry -> failures.put(entry.id(), Consumer.oneLine(e)));
    }
    return failures;
  }

  private static List<DeleteMessageBatchRequestEntry> entries(List<Message> now) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : now) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(String.valueOf(entries.size()))
              .receiptHandle(message.receiptHandle())
              .build());
    }
    return entries;
  }
}
