package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Calls that wait for something, on a gateway with fewer threads than callers. */
class AsyncActionTest {
  private static final int THREADS = 8;
  private static final String POLL = RawCall.post("Action=ReceiveMessage&QueueUrl=u");
  private static final String OTHER = RawCall.post("Action=CreateQueue&QueueName=q");

  private final BlockingQueue<CompletableFuture<ReceiveMessageResponse>> polls =
      new LinkedBlockingQueue<>();
  private final LoopbackGateway gateway =
      new LoopbackGateway(TestLimits.threads(THREADS))
          .serve(
              new ManualClock(),
              TestGateway.service(
                  "sqs",
                  new Actions()
                      .onAsync(ReceiveMessageRequest.class, (request, caller) -> waiting())
                      .on(
                          CreateQueueRequest.class,
                          request -> CreateQueueResponse.builder().queueUrl("made").build())));

  private CompletableFuture<ReceiveMessageResponse> waiting() {
    CompletableFuture<ReceiveMessageResponse> poll = new CompletableFuture<>();
    polls.add(poll);
    return poll;
  }

  private CompletableFuture<ReceiveMessageResponse> nextPoll() throws InterruptedException {
    return Objects.requireNonNull(polls.poll(60, TimeUnit.SECONDS), "no poll arrived");
  }

  private static ReceiveMessageResponse one(String body) {
    return ReceiveMessageResponse.builder().messages(Message.builder().body(body).build()).build();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aThousandOpenLongPollsLeaveRoomForOthers() throws Exception {
    List<RawCall> callers = new ArrayList<>();
    try (RawCall other = new RawCall(gateway.endpoint())) {
      for (int i = 0; i < 1000; i++) {
        callers.add(new RawCall(gateway.endpoint()).send(POLL));
      }
      List<CompletableFuture<ReceiveMessageResponse>> waiting = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        waiting.add(nextPoll());
      }
      assertTrue(other.send(OTHER).answer().contains("<QueueUrl>made</QueueUrl>"));
      waiting.forEach(each -> each.complete(one("hello")));
      for (RawCall each : callers) {
        assertTrue(each.answer().contains("<Body>hello</Body>"));
      }
    } finally {
      for (RawCall each : callers) {
        each.close();
      }
    }
  }

  @Test
  void aCallerWhoGoesAwayCancelsHisWait() throws Exception {
    RawCall caller = new RawCall(gateway.endpoint()).send(POLL);
    CompletableFuture<ReceiveMessageResponse> poll = nextPoll();
    caller.close();
    assertThrows(CancellationException.class, () -> poll.get(60, TimeUnit.SECONDS));
  }

  @Test
  void theConnectionServesOnAfterAWait() throws Exception {
    try (RawCall caller = new RawCall(gateway.endpoint())) {
      for (int i = 0; i < 3; i++) {
        caller.send(POLL);
        nextPoll().complete(one("number " + i));
        assertTrue(caller.answer().contains("<Body>number " + i + "</Body>"));
        assertTrue(caller.send(OTHER).answer().contains("made"));
      }
    }
  }

  @Test
  void aRequestSentAheadIsAnsweredAfterTheWait() throws Exception {
    try (RawCall caller = new RawCall(gateway.endpoint()).send(POLL)) {
      CompletableFuture<ReceiveMessageResponse> poll = nextPoll();
      caller.send(OTHER);
      poll.complete(one("first"));
      assertTrue(caller.answer().contains("<Body>first</Body>"));
      assertTrue(caller.answer().contains("made"));
    }
  }

  @Test
  void aFailedWaitIsAnsweredAsAnError() throws Exception {
    try (RawCall caller = new RawCall(gateway.endpoint()).send(POLL)) {
      nextPoll().completeExceptionally(AwsError.badRequest("OverLimit", "too many in flight"));
      String answer = caller.answer();
      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("<Code>OverLimit</Code>"), answer);
    }
  }

  @Test
  void cancellingWhatBecameOfAStageCancelsTheStage() {
    CompletableFuture<String> from = new CompletableFuture<>();
    AsyncAction.map(from, String::length).toCompletableFuture().cancel(false);
    assertTrue(from.isCancelled());
    assertEquals(
        4,
        AsyncAction.map(CompletableFuture.completedFuture("four"), String::length)
            .toCompletableFuture()
            .join());
  }
}
