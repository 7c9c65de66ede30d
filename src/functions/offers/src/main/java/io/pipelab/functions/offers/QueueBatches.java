package io.pipelab.functions.offers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends messages in batches of ten, within the bytes that a batch may have. An entry that fails is
 * sent again; the last batch goes out with {@link #flush}.
 */
final class QueueBatches {
  static final int MOST_BYTES = 262_144;
  private static final int MOST_ENTRIES = 10;
  private static final int MOST_ATTEMPTS = 6;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final SqsClient sqs;
  private final String queueUrl;
  private final LongConsumer pause;
  private final List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
  private int bytes;

  /**
   * Batches for a queue.
   *
   * @param pause waits so many milliseconds before another attempt
   */
  QueueBatches(SqsClient sqs, String queueUrl, LongConsumer pause) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.pause = pause;
  }

  /** How many bytes a message counts for. */
  static int size(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Adds a message and sends the batch when it is full; returns how many went out.
   *
   * @param body of at most {@link #MOST_BYTES}
   * @throws IllegalStateException when the queue did not take a message after all attempts
   */
  int add(String body) {
    int size = size(body);
    int went = 0;
    if (batch.size() == MOST_ENTRIES || bytes + size > MOST_BYTES) {
      went = flush();
    }
    String id = Integer.toString(batch.size());
    batch.add(SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build());
    bytes += size;
    return went;
  }

  /**
   * Sends what waits; returns how many went out.
   *
   * @throws IllegalStateException when the queue did not take a message after all attempts
   */
  int flush() {
    List<SendMessageBatchRequestEntry> left = new ArrayList<>(batch);
    int count = batch.size();
    batch.clear();
    bytes = 0;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      List<BatchResultErrorEntry> failed = send(left).failed();
      if (!failed.isEmpty() && attempt == MOST_ATTEMPTS) {
        BatchResultErrorEntry first = failed.get(0);
        throw new IllegalStateException(
            failed.size()
                + " messages of a batch were not taken after "
                + attempt
                + " attempts: "
                + first.code()
                + ": "
                + first.message());
      }
      left = failedOf(left, failed);
      if (!left.isEmpty()) {
        pause.accept(FIRST_PAUSE_MILLIS << (attempt - 1));
      }
    }
    return count;
  }

  private SendMessageBatchResponse send(List<SendMessageBatchRequestEntry> entries) {
    return sqs.sendMessageBatch(r -> r.queueUrl(queueUrl).entries(entries));
  }

  private static List<SendMessageBatchRequestEntry> failedOf(
      List<SendMessageBatchRequestEntry> sent, List<BatchResultErrorEntry> failed) {
    Map<String, SendMessageBatchRequestEntry> byId =
        sent.stream()
            .collect(Collectors.toMap(SendMessageBatchRequestEntry::id, Function.identity()));
    List<SendMessageBatchRequestEntry> again = new ArrayList<>();
    for (BatchResultErrorEntry each : failed) {
      SendMessageBatchRequestEntry entry = byId.get(each.id());
      if (entry != null) {
        again.add(entry);
      }
    }
    return again;
  }

  /** There is nothing to wait for but time: the queue said no. */
  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all messages were sent", e);
    }
  }
}
