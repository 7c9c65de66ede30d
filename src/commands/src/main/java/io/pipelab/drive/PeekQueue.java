package io.pipelab.drive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Looks into a queue: receives messages, deletes none, and gives all back, also when it fails or is
 * interrupted. SQS has no other way to see a message, and counts each receive.
 */
public final class PeekQueue {
  /** For how long nobody else sees a message when it cannot be given back. */
  public static final Duration HIDDEN = Duration.ofSeconds(30);

  /** So much before a received message shows up again: none is received twice in one look. */
  private static final Duration LONGEST = HIDDEN.dividedBy(2);

  private static final int BATCH = 10;

  private final SqsClient sqs;
  private final Clock clock;
  private final Consumer<List<String>> notGivenBack;

  /**
   * A look.
   *
   * @param notGivenBack takes the ids of messages that stay hidden until {@link #HIDDEN} is over
   */
  public PeekQueue(SqsClient sqs, Clock clock, Consumer<List<String>> notGivenBack) {
    this.sqs = sqs;
    this.clock = clock;
    this.notGivenBack = notGivenBack;
  }

  /** Why a look ended. */
  public enum End {
    /** As many as were asked for, or all that there are. */
    DONE,
    /** A message has no receive left. */
    LAST_RECEIVE,
    /** Those that were received first would show up again. */
    TIME_IS_UP
  }

  /** What was seen, in the order in which SQS gave it. */
  public record Look(List<Message> messages, End end) {}

  /**
   * Looks.
   *
   * @param most how many messages
   * @param toTheLast whether to go on when messages have no receive left
   */
  public Look look(QueueState queue, int most, boolean toTheLast) {
    Map<String, Message> received = new LinkedHashMap<>();
    End end;
    try {
      end = receive(queue, most, toTheLast, received);
    } finally {
      giveBack(queue.url(), received.values());
    }
    return new Look(List.copyOf(received.values()), end);
  }

  private End receive(
      QueueState queue, int most, boolean toTheLast, Map<String, Message> received) {
    Instant over = clock.instant().plus(LONGEST);
    boolean careful = queue.countsReceives() && !toTheLast;
    // One alone tells whether there is danger. In a FIFO queue it would hide its whole group.
    int next = careful && !queue.fifo() ? 1 : BATCH;
    while (received.size() < most) {
      if (!clock.instant().isBefore(over)) {
        return End.TIME_IS_UP;
      }
      int before = received.size();
      List<Message> got = receive(queue.url(), Math.min(next, most - before));
      got.forEach(message -> received.put(message.messageId(), message));
      if (received.size() == before) {
        return End.DONE;
      }
      if (careful && got.stream().anyMatch(message -> isLast(queue, message))) {
        return End.LAST_RECEIVE;
      }
      next = BATCH;
    }
    return End.DONE;
  }

  private List<Message> receive(String url, int most) {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(most)
                    .visibilityTimeout((int) HIDDEN.toSeconds())
                    .waitTimeSeconds(1) // asks all of SQS's servers
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  private static boolean isLast(QueueState queue, Message message) {
    return queue.receivesLeft(receives(message)) == 0;
  }

  /** How often a message was received, this time included. */
  public static int receives(Message message) {
    String count =
        message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "");
    return count.matches("[0-9]{1,9}") ? Integer.parseInt(count) : 1;
  }

  /** Once more for what was refused; an interrupted thread could make no call. */
  private void giveBack(String url, Collection<Message> messages) {
    boolean interrupted = Thread.interrupted();
    try {
      List<Message> left = giveBackOnce(url, List.copyOf(messages));
      if (!left.isEmpty()) {
        left = giveBackOnce(url, left);
      }
      if (!left.isEmpty()) {
        notGivenBack.accept(left.stream().map(Message::messageId).toList());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Those that SQS did not take back. */
  private List<Message> giveBackOnce(String url, List<Message> messages) {
    List<Message> left = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += BATCH) {
      List<Message> batch = messages.subList(from, Math.min(messages.size(), from + BATCH));
      try {
        sqs.changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(entries(batch)))
            .failed()
            .forEach(failed -> left.add(batch.get(Integer.parseInt(failed.id()))));
      } catch (SdkException e) {
        left.addAll(batch); // told in the end, and the first failure stays the one that is thrown
      }
    }
    return left;
  }

  private static List<ChangeMessageVisibilityBatchRequestEntry> entries(List<Message> messages) {
    return IntStream.range(0, messages.size())
        .mapToObj(
            i ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .visibilityTimeout(0)
                    .build())
        .toList();
  }
}
