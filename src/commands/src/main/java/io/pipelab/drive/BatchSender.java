package io.pipelab.drive;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Sends one batch until each of its messages is acknowledged or refused (SQS API Reference,
 * SendMessageBatch: the call may succeed while entries fail).
 */
final class BatchSender {
  private static final Pattern ATTEMPT_COUNT = Pattern.compile(" \\(SDK Attempt Count: \\d+\\)");

  private final SqsClient sqs;
  private final Clock clock;
  private final Retries retries;
  private final String queueUrl;
  private final Totals totals;
  private final Halt halt;

  BatchSender(
      SqsClient sqs, Clock clock, Retries retries, String queueUrl, Totals totals, Halt halt) {
    this.sqs = sqs;
    this.clock = clock;
    this.retries = retries;
    this.queueUrl = queueUrl;
    this.totals = totals;
    this.halt = halt;
  }

  /**
   * Sends a batch; when it returns, each of its messages is counted: sent, failed, or uncertain.
   */
  void send(List<Outgoing> batch) {
    List<Outgoing> open = batch;
    Set<Long> unanswered = new HashSet<>();
    for (int tried = 1; !open.isEmpty(); tried++) {
      Outcome outcome = attempt(open, unanswered);
      open = outcome.again();
      if (open.isEmpty()) {
        return;
      }
      if (tried == Retries.TRIES || halt.reached() || !retries.pause(tried)) {
        open.forEach(message -> notTaken(message, unanswered, outcome.code(), outcome.reason()));
        return;
      }
      totals.retried(open.size());
    }
  }

  /** A message that an earlier, unanswered call may have brought all the same is uncertain. */
  private void notTaken(Outgoing message, Set<Long> unanswered, String code, String reason) {
    if (unanswered.contains(message.sequence())) {
      totals.uncertain(code, reason);
    } else {
      totals.failed(code, reason);
    }
  }

  /** What is to be tried again after one call, and why. */
  private record Outcome(List<Outgoing> again, String code, String reason) {}

  private Outcome attempt(List<Outgoing> open, Set<Long> unanswered) {
    Instant now = clock.instant();
    SdkAttempts attempts = new SdkAttempts();
    SendMessageBatchRequest request =
        SendMessageBatchRequest.builder()
            .queueUrl(queueUrl)
            .entries(open.stream().map(message -> message.entry(now)).toList())
            .overrideConfiguration(override -> override.addMetricPublisher(attempts))
            .build();
    try {
      SendMessageBatchResponse answer = sqs.sendMessageBatch(request);
      halt.answered();
      note(attempts, open, unanswered);
      return settle(open, answer, unanswered);
    } catch (AwsServiceException e) {
      halt.answered();
      note(attempts, open, unanswered);
      if (e.statusCode() < 500 && !e.isThrottlingException()) {
        halt.refused(e);
      }
      return new Outcome(open, code(e), message(e));
    } catch (SdkClientException e) {
      halt.silent();
      totals.retried((long) attempts.repeated() * open.size());
      // The answer did not come: the queue may or may not have taken them.
      open.forEach(message -> unanswered.add(message.sequence()));
      return new Outcome(open, "NoAnswer", message(e));
    }
  }

  /** The SDK repeats calls on its own: that counts, too. */
  private void note(SdkAttempts attempts, List<Outgoing> open, Set<Long> unanswered) {
    totals.retried((long) attempts.repeated() * open.size());
    if (attempts.lostAnswer()) {
      open.forEach(message -> unanswered.add(message.sequence()));
    }
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? "HTTP " + e.statusCode()
        : e.awsErrorDetails().errorCode();
  }

  private Outcome settle(
      List<Outgoing> open, SendMessageBatchResponse answer, Set<Long> unanswered) {
    Map<String, Outgoing> byId = new HashMap<>();
    open.forEach(message -> byId.put(String.valueOf(message.sequence()), message));
    for (SendMessageBatchResultEntry taken : answer.successful()) {
      Outgoing message = byId.remove(taken.id());
      if (message != null) {
        totals.sent(1);
        totals.maybeTwice(unanswered.contains(message.sequence()) ? 1 : 0);
      }
    }
    String code = "NoResult";
    String reason = "the answer does not speak of it";
    List<Outgoing> again = new ArrayList<>();
    for (BatchResultErrorEntry refused : answer.failed()) {
      Outgoing message = byId.remove(refused.id());
      if (message != null && Boolean.TRUE.equals(refused.senderFault())) {
        notTaken(message, unanswered, refused.code(), String.valueOf(refused.message()));
      } else if (message != null) {
        again.add(message);
        code = refused.code();
        reason = String.valueOf(refused.message());
      }
    }
    // An entry that is neither successful nor failed was not acknowledged.
    again.addAll(byId.values());
    return new Outcome(again, code, reason);
  }

  /** Without the SDK's own count of its attempts, which would make a reason of each number. */
  private static String message(SdkException e) {
    String text = e.getMessage();
    return text == null
        ? e.getClass().getSimpleName()
        : ATTEMPT_COUNT.matcher(text).replaceFirst("");
  }
}
