package io.pipelab.local.sqs.engine;

import static io.pipelab.local.sqs.engine.EngineFixture.bodies;
import static io.pipelab.local.sqs.engine.EngineFixture.one;
import static io.pipelab.local.sqs.engine.EngineFixture.receive;
import static io.pipelab.local.sqs.engine.EngineFixture.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.sqs.engine.QueueRefusal.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptHandlesTest {
  private final EngineFixture engine = new EngineFixture();
  private final MessageQueue queue = engine.standard("q");

  @Test
  void theNewestHandleDeletesEvenWhatIsVisibleAgain() {
    send(queue, "a");
    ReceivedMessage a = one(queue);
    engine.time.pass(30);
    assertEquals(1, queue.depth().visible());

    queue.delete(a.receiptHandle());
    queue.delete(a.receiptHandle());

    assertEquals(new QueueDepth(0, 0, 0, 0), queue.depth());
    assertEquals(List.of(), receive(queue, 10));
  }

  @Test
  void anOldHandleDeletesNothingAndSaysSoToNobody() {
    send(queue, "a");
    ReceivedMessage first = one(queue);
    engine.time.pass(30);
    ReceivedMessage second = one(queue);

    queue.delete(first.receiptHandle());
    assertEquals(1, queue.depth().inFlight());
    queue.delete(second.receiptHandle());
    assertEquals(0, queue.depth().inFlight());
  }

  @Test
  void anOldHandleChangesTheVisibilityWhileTheMessageLives() {
    send(queue, "a");
    ReceivedMessage first = one(queue);
    engine.time.pass(30);
    // Recorded against AWS: no error, and nothing changes.
    queue.changeVisibility(handle(first), 100);
    assertEquals(1, queue.depth().visible());
    ReceivedMessage second = one(queue);

    queue.changeVisibility(handle(first), 0);
    assertEquals(1, queue.depth().visible());
    queue.delete(handle(second));

    assertEquals(Reason.MESSAGE_GONE, refusal(() -> queue.changeVisibility(handle(second), 1)));
  }

  /** SQS Developer Guide, "visibility timeout": twelve hours from the receive, however extended. */
  @Test
  void aMessageIsInvisibleForTwelveHoursInAll() {
    send(queue, "a");
    ReceivedMessage message = one(queue);
    queue.changeVisibility(handle(message), 43_200);
    engine.time.pass(1);
    assertEquals(
        Reason.INVISIBLE_TOO_LONG, refusal(() -> queue.changeVisibility(handle(message), 43_200)));
    queue.changeVisibility(handle(message), 43_199);
    engine.time.pass(43_198);
    assertEquals(1, queue.depth().inFlight());
    assertEquals(
        Reason.INVISIBLE_TOO_LONG, refusal(() -> queue.changeVisibility(handle(message), 2)));
    engine.time.pass(1);

    // The next receive begins anew.
    queue.changeVisibility(handle(one(queue)), 43_200);
    assertEquals(1, queue.depth().inFlight());
  }

  @Test
  void aFifoQueueTakesOnlyTheHandleOfWhatIsInFlight() {
    MessageQueue fifo = engine.fifo("f");
    send(fifo, "a", "g", "1");
    ReceivedMessage first = one(fifo);
    engine.time.pass(30);
    assertEquals(Reason.HANDLE_EXPIRED, refusal(() -> fifo.delete(handle(first))));
    ReceivedMessage second = one(fifo);
    assertEquals(Reason.HANDLE_EXPIRED, refusal(() -> fifo.delete(handle(first))));

    fifo.delete(handle(second));
    fifo.delete(handle(first));
    assertEquals(0, fifo.depth().inFlight());
  }

  @Test
  void whatNeverWasAHandleOfTheQueueIsRefused() {
    MessageQueue other = engine.standard("other");
    send(other, "a");
    String foreign = handle(one(other));

    assertEquals(Reason.HANDLE_INVALID, refusal(() -> queue.delete("x")));
    assertEquals(Reason.HANDLE_INVALID, refusal(() -> queue.delete("!".repeat(28))));
    assertEquals(Reason.HANDLE_INVALID, refusal(() -> queue.delete(foreign)));
    assertEquals(Reason.HANDLE_INVALID, refusal(() -> queue.changeVisibility(foreign, 1)));
  }

  @Test
  void anAttemptThatIsRepeatedGetsTheSameMessages() {
    MessageQueue fifo = engine.fifo("f");
    send(fifo, "a", "g", "1");
    send(fifo, "b", "g", "2");
    List<ReceivedMessage> lost = receive(fifo, 10, "attempt");
    engine.time.pass(20);

    assertEquals(lost, receive(fifo, 10, "attempt"));
    engine.time.pass(20);
    assertEquals(2, fifo.depth().inFlight(), "the timeout began anew");
    assertEquals(List.of(), receive(fifo, 10, "another"));

    fifo.delete(lost.get(0).receiptHandle());
    assertEquals(List.of(), receive(fifo, 10, "attempt"), "it was touched meanwhile");
    engine.time.pass(30);
    assertEquals(List.of("b"), bodies(receive(fifo, 10, "attempt")));
  }

  private static String handle(ReceivedMessage message) {
    return message.receiptHandle();
  }

  private static Reason refusal(Runnable call) {
    return assertThrows(QueueRefusal.class, call::run).reason();
  }
}
