package io.pipelab.functions.consumer;

import io.pipelab.functions.consumer.Totals.Outcome;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Drains the queue into the table, until it stays empty or a stop is asked for. */
final class PollLoop {
  private static final int MOST_AT_ONCE = 10;

  /** The work on one message, whatever it is: the lab's takes time and does nothing. */
  @FunctionalInterface
  interface Work {
    void on(Message message) throws InterruptedException;
  }

  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;
  private final Settings settings;
  private final Work work;
  private final Clock clock;
  private final StopRequest stop;
  private final PrintStream log;
  private volatile Totals totals = Totals.NONE;

  PollLoop(
      SqsClient sqs,
      DynamoDbClient dynamoDb,
      Settings settings,
      Work work,
      Clock clock,
      StopRequest stop,
      PrintStream log) {
    this.sqs = sqs;
    this.dynamoDb = dynamoDb;
    this.settings = settings;
    this.work = work;
    this.clock = clock;
    this.stop = stop;
    this.log = log;
  }

  /** What was done so far. */
  Totals totals() {
    return totals;
  }

  /**
   * Polls until so many polls in a row were empty.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the queue cannot be read, or
   *     the table refuses every write (denied, missing)
   */
  Totals run() {
    int batch = batchSize(visibilityTimeout(), settings.processing());
    int empty = 0;
    while (empty < settings.emptyPolls() && !stop.isRequested()) {
      List<Message> messages = receive(batch);
      empty = messages.isEmpty() ? empty + 1 : 0;
      stop.unlessStopped(() -> handle(messages, now()));
    }
    return totals;
  }

  /** Works on messages until a stop is asked for; what is stored by then is deleted before. */
  private void handle(List<Message> messages, Instant received) {
    StoredMessages stored = new StoredMessages(sqs, settings.queueUrl(), clock, log);
    try {
      for (Message message : messages) {
        store(message, received, stored);
        if (stop.isRequested()) {
          break;
        }
        if (stored.isDue()) {
          totals = totals.plus(stored.delete());
        }
      }
    } finally {
      totals = totals.plus(stored.delete());
    }
  }

  private Duration visibilityTimeout() {
    String seconds =
        sqs.getQueueAttributes(
                request ->
                    request
                        .queueUrl(settings.queueUrl())
                        .attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
            .attributes()
            .getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /**
   * As many messages as can be worked on in half of their visibility timeout, so that the last of a
   * batch does not come back while it waits for its turn: 1 to 10.
   */
  static int batchSize(Duration visibility, Duration processing) {
    if (processing.isZero()) {
      return MOST_AT_ONCE;
    }
    long fits = visibility.dividedBy(2).toMillis() / processing.toMillis();
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, fits));
  }

  private List<Message> receive(int batch) {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(settings.queueUrl())
                    .maxNumberOfMessages(batch)
                    .waitTimeSeconds(settings.waitSeconds())
                    .messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
        .messages();
  }

  private void store(Message message, Instant received, StoredMessages stored) {
    if (!StoredItem.accepts(message)) {
      log.println("refused " + message.messageId() + ": its body is not a decimal number");
      totals = totals.plus(Outcome.REFUSED);
      return;
    }
    try {
      work.on(message);
      Map<String, AttributeValue> item = StoredItem.of(message, settings.host(), received, now());
      dynamoDb.putItem(put -> put.tableName(settings.tableName()).item(item));
      stored.add(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(message, "interrupted");
    } catch (AwsServiceException e) {
      if (isForEveryMessage(e)) {
        throw e;
      }
      failed(message, Consumer.oneLine(e));
    }
  }

  private void failed(Message message, String why) {
    log.println("failed " + message.messageId() + ": " + why);
    totals = totals.plus(Outcome.FAILED);
  }

  /**
   * Whether the next message would meet the same error: a refusal does not pass, other than
   * throttling, a server's fault, or a fault of this one message.
   */
  static boolean isForEveryMessage(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return e.statusCode() < 500
        && !e.isThrottlingException()
        && !"ValidationException".equals(code)
        && !"ReceiptHandleIsInvalid".equals(code);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
