package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SendMessagesTest {
  private static final LongFunction<String> NUMBERS = Bodies.numbers(new Random(1));

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void numbersAreDistinctAndHaveNineDigits() {
    Set<String> seen = new HashSet<>();
    LongStream.range(0, 100_000).mapToObj(NUMBERS).forEach(seen::add);
    assertEquals(100_000, seen.size());
    assertTrue(seen.stream().allMatch(body -> body.matches("[1-9]\\d{8}")));
  }

  @Test
  void sendsExactlyTheCount() {
    LoadResult result = send(1234, this::takeAll);
    assertEquals(1234, result.sent());
    assertEquals(1234, taken.size());
    assertTrue(result.complete());
    assertEquals(124, calls.get());
  }

  @Test
  void triesFailedEntriesAgain() {
    LoadResult result =
        send(
            500,
            request -> takeBut(request, entry -> Integer.parseInt(entry.id()) % 7 == 0, false));
    assertEquals(500, result.sent() + result.failed());
    assertEquals(71, result.failed());
    assertEquals("InternalError", result.failures().get(0).code());
    assertEquals(71 * (Retries.TRIES - 1), result.retried());
  }

  @Test
  void whatTheSenderIsToBlameForIsNotTriedAgain() {
    LoadResult result =
        send(10, request -> takeBut(request, entry -> entry.id().equals("3"), true));
    assertEquals(9, result.sent());
    assertEquals(1, result.failed());
    assertEquals(0, result.retried());
  }

  @Test
  void aLostAnswerIsTriedAgainAndSaid() {
    AtomicBoolean lost = new AtomicBoolean();
    LoadResult result =
        send(
            20,
            request -> {
              SendMessageBatchResponse answer = takeAll(request);
              if (lost.compareAndSet(false, true)) {
                throw SdkClientException.create("connection reset");
              }
              return answer;
            });
    assertEquals(20, result.sent());
    assertEquals(10, result.maybeTwice());
    assertEquals(30, taken.size());
  }

  @Test
  void throttlingIsWaitedOut() {
    Set<String> throttled = ConcurrentHashMap.newKeySet();
    LoadResult result =
        send(
            100,
            request -> {
              // The first try of each batch: by the number of calls, one lane could get them all.
              if (throttled.add(request.entries().get(0).id())) {
                throw refusal("Throttling", 503);
              }
              return takeAll(request);
            });
    assertEquals(100, result.sent());
    assertEquals(100, result.retried());
  }

  @Test
  void aQueueThatIsNotThereEndsTheLoad() {
    assertThrows(
        SqsException.class,
        () ->
            send(
                1000,
                request -> {
                  throw refusal("AWS.SimpleQueueService.NonExistentQueue", 400);
                }));
  }

  @Test
  void aRefusalInTheMiddleKeepsTheAccount() {
    LoadResult result =
        send(
            1000,
            request -> {
              if (calls.get() > 20) {
                throw refusal("AWS.SimpleQueueService.NonExistentQueue", 400);
              }
              return takeAll(request);
            });
    assertEquals(taken.size(), result.sent());
    assertEquals("AWS.SimpleQueueService.NonExistentQueue", result.failures().get(0).code());
    assertEquals(1000, result.sent() + result.failed() + result.unsent());
    assertEquals(0, result.retried());
    assertEquals("the queue refused the call", result.halted());
  }

  @Test
  void aQueueThatIsGoneIsGivenUpAndTheAccountKept() {
    AtomicLong time = new AtomicLong();
    LoadResult result =
        send(
            10_000,
            request -> {
              if (calls.get() > 20) {
                time.addAndGet(Duration.ofSeconds(1).toNanos());
                throw SdkClientException.create("connection refused");
              }
              return takeAll(request);
            },
            time::get,
            Duration.ofHours(1));
    assertEquals(taken.size(), result.sent());
    assertEquals(Set.of("NoAnswer"), Set.of(result.failures().get(0).code()));
    assertEquals(0, result.failed(), "who did not answer may have taken them");
    assertTrue(
        result.uncertain() > 0 && result.uncertain() <= 200, "uncertain " + result.uncertain());
    assertEquals(10_000, result.sent() + result.uncertain() + result.unsent());
    assertEquals("nothing was answered for 10 s", result.halted());
  }

  @Test
  void whenItsTimeIsUpTheRestIsUnsent() {
    AtomicLong time = new AtomicLong();
    LoadResult result =
        send(
            10_000,
            request -> {
              time.addAndGet(Duration.ofSeconds(1).toNanos());
              return takeAll(request);
            },
            time::get,
            Duration.ofSeconds(30));
    assertTrue(result.sent() >= 300 && result.sent() < 400, "sent " + result.sent());
    assertEquals(taken.size(), result.sent());
    assertEquals(10_000, result.sent() + result.unsent());
    assertEquals("its time is up", result.halted());
  }

  @Test
  void anInterruptLeavesTheRestUnsent() {
    Thread me = Thread.currentThread();
    LoadResult result =
        send(
            100_000,
            request -> {
              if (calls.get() >= 20) {
                me.interrupt();
              }
              return takeAll(request);
            });
    assertTrue(Thread.interrupted());
    assertFalse(result.complete());
    assertEquals(100_000, result.sent() + result.uncertain() + result.unsent());
    assertEquals(taken.size(), result.sent() + result.uncertain());
  }

  @Test
  void anInterruptThatALibraryEatsEndsTheLoadAllTheSame() {
    Thread me = Thread.currentThread();
    LoadResult result =
        send(
            Long.MAX_VALUE / 2,
            request -> {
              if (calls.get() == 20) {
                me.interrupt();
              }
              Thread.interrupted();
              return takeAll(request);
            });
    assertTrue(Thread.interrupted());
    assertEquals(taken.size(), result.sent());
  }

  @Test
  void whatWasUnansweredAndThenRefusedIsUncertain() {
    LoadResult result =
        send(
            10,
            request -> {
              if (calls.get() == 1) {
                throw SdkClientException.create("connection reset");
              }
              throw refusal("AccessDenied", 403);
            });
    assertEquals(10, result.uncertain());
    assertEquals(0, result.failed());
  }

  @Test
  void theRateHoldsTheLoadBack() {
    LoadResult result = send(20, this::takeAll, () -> 0, Duration.ofHours(1), 20);
    assertEquals(20, result.sent());
    assertTrue(
        result.elapsed().toMillis() >= 500, "the second batch is due after " + result.elapsed());
  }

  @Test
  void batchesStayWithinTheByteLimit() {
    String big = "x".repeat(100_000);
    Batches batches = new Batches("r", 7, index -> big);
    List<Integer> sizes = new ArrayList<>();
    for (List<Outgoing> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
      sizes.add(batch.size());
    }
    assertEquals(List.of(2, 2, 2, 1), sizes);
  }

  @Test
  void aPaceSpreadsMessages() {
    Pace pace = new Pace(100, 0);
    assertEquals(0, pace.reserve(10, 0).toMillis());
    assertEquals(100, pace.reserve(10, 0).toMillis());
    assertEquals(150, pace.reserve(10, 50_000_000).toMillis());
  }

  @Test
  void bodiesComeFromAFilesLines(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bodies.txt");
    Files.writeString(file, "one\n\ntwo\n");
    LongFunction<String> bodies = Bodies.lines(file, 262_144);
    assertEquals(
        List.of("one", "two", "one"), List.of(bodies.apply(0), bodies.apply(1), bodies.apply(2)));
    Files.writeString(file, "short\n" + "x".repeat(300_000) + "\n");
    IllegalArgumentException tooLong =
        assertThrows(IllegalArgumentException.class, () -> Bodies.lines(file, 262_144));
    assertTrue(tooLong.getMessage().startsWith("line 2 of " + file), tooLong.getMessage());
    assertEquals(300_000, Bodies.lines(file, 1_048_576).apply(1).length());
    Files.writeString(file, "\n");
    assertThrows(IllegalArgumentException.class, () -> Bodies.lines(file, 262_144));
  }

  private LoadResult send(
      long count, Function<SendMessageBatchRequest, SendMessageBatchResponse> answer) {
    return send(count, answer, () -> 0, Duration.ofHours(1));
  }

  private LoadResult send(
      long count,
      Function<SendMessageBatchRequest, SendMessageBatchResponse> answer,
      LongSupplier nanos,
      Duration atMost) {
    return send(count, answer, nanos, atMost, Double.POSITIVE_INFINITY);
  }

  private LoadResult send(
      long count,
      Function<SendMessageBatchRequest, SendMessageBatchResponse> answer,
      LongSupplier nanos,
      Duration atMost,
      double perSecond) {
    SqsClient sqs =
        new SqsClient() {
          @Override
          public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            calls.incrementAndGet();
            return answer.apply(request);
          }

          @Override
          public String serviceName() {
            return "sqs";
          }

          @Override
          public void close() {}
        };
    Retries atOnce =
        new Retries() {
          @Override
          boolean pause(int tried) {
            return !Thread.currentThread().isInterrupted();
          }
        };
    return new SendMessages(sqs, Clock.systemUTC(), atOnce, nanos)
        .send(new SendMessages.Load("url", "run", count, NUMBERS, perSecond, atMost), done -> {});
  }

  private SendMessageBatchResponse takeAll(SendMessageBatchRequest request) {
    return takeBut(request, entry -> false, false);
  }

  private SendMessageBatchResponse takeBut(
      SendMessageBatchRequest request,
      Function<SendMessageBatchRequestEntry, Boolean> refused,
      boolean senderFault) {
    List<SendMessageBatchResultEntry> successful = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : request.entries()) {
      if (refused.apply(entry)) {
        failed.add(
            BatchResultErrorEntry.builder()
                .id(entry.id())
                .code("InternalError")
                .message("no")
                .senderFault(senderFault)
                .build());
      } else {
        taken.add(entry.messageBody());
        successful.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
      }
    }
    return SendMessageBatchResponse.builder().successful(successful).failed(failed).build();
  }

  private static SqsException refusal(String code, int status) {
    return (SqsException)
        SqsException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build())
            .message(code)
            .build();
  }
}
