package io.pipelab.local.sqs.engine;

import static io.pipelab.local.sqs.engine.EngineFixture.bodies;
import static io.pipelab.local.sqs.engine.EngineFixture.one;
import static io.pipelab.local.sqs.engine.EngineFixture.receive;
import static io.pipelab.local.sqs.engine.EngineFixture.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FifoTest {
  private final EngineFixture engine = new EngineFixture();
  private final MessageQueue queue = engine.fifo("f");

  @Test
  void aGroupWithAMessageInFlightIsBlockedAndTheOthersAreNot() {
    send(queue, "a1", "a", "1");
    send(queue, "a2", "a", "2");
    send(queue, "b1", "b", "3");
    ReceivedMessage a1 = one(queue);

    assertEquals(List.of("b1"), bodies(receive(queue, 10)));
    assertEquals(List.of(), receive(queue, 10));
    queue.delete(a1.receiptHandle());
    assertEquals(List.of("a2"), bodies(receive(queue, 10)));
  }

  @Test
  void whatComesBackComesInItsOldPlace() {
    send(queue, "1", "g", "1");
    send(queue, "2", "g", "2");
    send(queue, "3", "g", "3");
    List<ReceivedMessage> first = receive(queue, 2);
    queue.changeVisibility(first.get(1).receiptHandle(), 0);
    assertEquals(List.of(), receive(queue, 10), "the first one is still in flight");
    queue.changeVisibility(first.get(0).receiptHandle(), 0);

    assertEquals(List.of("1", "2", "3"), bodies(receive(queue, 10)));
  }

  @Test
  void anEqualMessageWithinFiveMinutesIsAcceptedAndNotAdded() {
    SentMessage first = send(queue, "x", "a", null);
    engine.time.passMillis(299_999);
    SentMessage again = send(queue, "x", "b", null);
    assertTrue(again.duplicate());
    assertEquals(first.messageId(), again.messageId());
    assertEquals(first.sequenceNumber(), again.sequenceNumber());
    queue.delete(one(queue).receiptHandle());
    assertTrue(send(queue, "x", "a", null).duplicate(), "deleted or not");

    engine.time.passMillis(1);

    assertFalse(send(queue, "x", "a", null).duplicate());
    assertFalse(send(queue, "x", "a", "of its own").duplicate());
    assertTrue(send(queue, "another", "a", "of its own").duplicate());
  }

  @Test
  void groupsMayDeduplicateForThemselves() {
    MessageQueue groups =
        engine.queue("g", new QueueSettings(true, 30, 0, 345_600, true, true, null));

    assertFalse(send(groups, "x", "a", null).duplicate());
    assertFalse(send(groups, "x", "b", null).duplicate());
    assertTrue(send(groups, "x", "a", null).duplicate());
  }

  @Test
  void sequenceNumbersHaveTwentyDigitsAndGrow() {
    String first = String.valueOf(send(queue, "1", "g", "1").sequenceNumber());
    String second = String.valueOf(send(queue, "2", "g", "2").sequenceNumber());

    assertTrue(first.matches("[1-9]\\d{19}"), first);
    assertTrue(second.matches("[1-9]\\d{19}"), second);
    assertTrue(first.compareTo(second) < 0);
    List<ReceivedMessage> received = receive(queue, 10);
    assertEquals(first, received.get(0).sequenceNumber());
    assertEquals(second, received.get(1).sequenceNumber());
  }

  @Test
  void aNewDelayCountsForWhatIsInTheQueueAlready() {
    queue.apply(new QueueSettings(true, 30, 100, 345_600, true, false, null));
    send(queue, "x", "g", "1");
    engine.time.pass(10);
    assertEquals(1, queue.depth().delayed());

    queue.apply(new QueueSettings(true, 30, 10, 345_600, true, false, null));

    assertEquals(List.of("x"), bodies(receive(queue, 1)));
  }
}
