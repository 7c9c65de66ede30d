package io.pipelab.local.sqs.engine;

import static io.pipelab.local.sqs.engine.EngineFixture.await;
import static io.pipelab.local.sqs.engine.EngineFixture.bodies;
import static io.pipelab.local.sqs.engine.EngineFixture.content;
import static io.pipelab.local.sqs.engine.EngineFixture.one;
import static io.pipelab.local.sqs.engine.EngineFixture.receive;
import static io.pipelab.local.sqs.engine.EngineFixture.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LongPollTest {
  private final EngineFixture engine = new EngineFixture();
  private final MessageQueue queue = engine.standard("q");

  @Test
  void whoWaitsLongestIsServedFirst() {
    CompletableFuture<List<String>> first = await(queue, 1, 20);
    CompletableFuture<List<String>> second = await(queue, 1, 20);

    send(queue, "a");
    assertFalse(second.isDone());
    send(queue, "b");

    assertEquals(List.of("a"), first.join());
    assertEquals(List.of("b"), second.join());
    assertEquals(0, engine.time.pending(), "no timer stays behind an answer");
  }

  @Test
  void aBatchServesSeveral() {
    CompletableFuture<List<String>> first = await(queue, 2, 20);
    CompletableFuture<List<String>> second = await(queue, 10, 20);

    queue.send(
        List.of("a", "b", "c").stream()
            .map(body -> new NewMessage(content(body), null, null, null))
            .toList());

    assertEquals(List.of("a", "b"), first.join());
    assertEquals(List.of("c"), second.join());
  }

  @Test
  void aWaitEndsWithoutMessages() {
    CompletableFuture<List<String>> answer = await(queue, 1, 20);

    engine.time.passMillis(19_999);
    assertFalse(answer.isDone());
    engine.time.passMillis(1);

    assertEquals(List.of(), answer.join());
    send(queue, "later");
    assertEquals(List.of("later"), bodies(receive(queue, 1)));
  }

  @Test
  void whatBecomesVisibleByItselfWakesWhoWaits() {
    queue.send(List.of(new NewMessage(content("delayed"), 7, null, null)));
    CompletableFuture<List<String>> delayed = await(queue, 1, 20);
    engine.time.pass(6);
    assertFalse(delayed.isDone());
    engine.time.pass(1);
    assertEquals(List.of("delayed"), delayed.join());

    engine.time.pass(15);
    CompletableFuture<List<String>> again = await(queue, 1, 20);
    engine.time.pass(14);
    assertFalse(again.isDone(), "in flight for 30 seconds");
    engine.time.pass(1);
    assertEquals(List.of("delayed"), again.join());
  }

  @Test
  void aTimerThatIsEarlyIsNotTheLast() {
    queue.send(List.of(new NewMessage(content("delayed"), 7, null, null)));
    CompletableFuture<List<String>> answer = await(queue, 1, 20);
    engine.time.early(5);

    engine.time.pass(8);

    assertEquals(List.of("delayed"), answer.join());
  }

  @Test
  void whoGoesAwayTakesNoMessageWithHim() {
    CompletableFuture<List<String>> gone = await(queue, 1, 20);
    assertTrue(gone.cancel(true));
    assertEquals(0, engine.time.pending());

    send(queue, "a");

    assertEquals(1, one(queue).receiveCount());
  }

  @Test
  void whoGoesAwayWhileTheMessageIsOnItsWayTakesNoneEither() {
    engine.time.holding = true;
    CompletableFuture<List<String>> gone = await(queue, 1, 20);
    CompletableFuture<List<String>> next = await(queue, 1, 20);
    send(queue, "a");
    assertEquals(1, queue.depth().inFlight());
    assertTrue(gone.cancel(true));

    engine.time.letGo();

    assertEquals(List.of("a"), next.join(), "given to the next");
    engine.time.pass(30);
    assertEquals(2, one(queue).receiveCount(), "the one who went away does not count");
  }

  @Test
  void anAnswerThatFailsGivesItsMessagesBack() {
    CompletableFuture<String> broken =
        queue.receive(
            new ReceiveOrder(1, null, Duration.ofSeconds(20), null),
            messages -> {
              throw new IllegalStateException("broken");
            });
    send(queue, "a");

    assertThrows(CompletionException.class, broken::join);
    assertEquals(1, one(queue).receiveCount());
  }

  @Test
  void theEndOfAQueueEndsItsWaits() {
    CompletableFuture<List<String>> answer = await(queue, 1, 20);

    engine.forget("q");

    Throwable cause = assertThrows(CompletionException.class, answer::join).getCause();
    assertEquals(
        QueueRefusal.Reason.QUEUE_GONE, assertInstanceOf(QueueRefusal.class, cause).reason());
    assertEquals(0, engine.time.pending());
    assertThrows(QueueRefusal.class, () -> send(queue, "x"));
  }

  @Test
  void aGroupInFlightLetsItsWaitersWait() {
    MessageQueue fifo = engine.fifo("f");
    send(fifo, "a", "g", "1");
    ReceivedMessage a = one(fifo);
    CompletableFuture<List<String>> answer = await(fifo, 1, 20);
    send(fifo, "b", "g", "2");
    assertFalse(answer.isDone());

    fifo.delete(a.receiptHandle());

    assertEquals(List.of("b"), answer.join());
  }
}
