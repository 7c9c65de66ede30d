package io.pipelab.local.sqs.engine;

import static io.pipelab.local.sqs.engine.EngineFixture.bodies;
import static io.pipelab.local.sqs.engine.EngineFixture.content;
import static io.pipelab.local.sqs.engine.EngineFixture.one;
import static io.pipelab.local.sqs.engine.EngineFixture.receive;
import static io.pipelab.local.sqs.engine.EngineFixture.send;
import static io.pipelab.local.sqs.engine.EngineFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.sqs.engine.QueueRefusal.Reason;
import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardQueueTest {
  private final EngineFixture engine = new EngineFixture();
  private final MessageQueue queue = engine.standard("q");

  @Test
  void messagesComeInTheOrderOfTheirArrival() {
    for (String body : List.of("a", "b", "c")) {
      send(queue, body);
    }

    assertEquals(List.of("a", "b"), bodies(receive(queue, 2)));
    engine.time.pass(30);
    assertEquals(List.of("a", "b", "c"), bodies(receive(queue, 10)));
  }

  @Test
  void whatIsReceivedOftenGoesToTheBack() {
    send(queue, "poison");
    engine.time.pass(10);
    for (int i = 0; i < 3; i++) {
      queue.changeVisibility(one(queue).receiptHandle(), 0);
    }
    send(queue, "good");
    queue.changeVisibility(one(queue).receiptHandle(), 0);

    assertEquals(0, queue.depth().oldestSeconds());
    assertEquals(List.of("good", "poison"), bodies(receive(queue, 10)));
  }

  @Test
  void theOldestIsTheOneThatIsThereLongest() {
    send(queue, "a");
    engine.time.pass(5);
    send(queue, "b");
    ReceivedMessage a = one(queue);
    assertEquals(new QueueDepth(1, 1, 0, 5), queue.depth());

    queue.delete(a.receiptHandle());
    engine.time.pass(2);

    assertEquals(new QueueDepth(1, 0, 0, 2), queue.depth());
  }

  @Test
  void messagesAreDroppedAfterTheRetentionPeriodInFlightOrNot() {
    queue.apply(new QueueSettings(false, 600, 0, 60, true, false, null));
    send(queue, "in flight");
    one(queue);
    send(queue, "visible");
    queue.send(List.of(new NewMessage(content("delayed"), 900, null, null)));
    engine.time.passMillis(59_999);
    assertEquals(new QueueDepth(1, 1, 1, 59), queue.depth());

    engine.time.passMillis(1);

    assertEquals(new QueueDepth(0, 0, 0, 0), queue.depth());
    assertEquals(List.of(), receive(queue, 10));
  }

  @Test
  void aQueuesDelayDoesNotCountForWhatIsInItAlready() {
    send(queue, "a");
    queue.apply(new QueueSettings(false, 30, 9, 345_600, true, false, null));
    send(queue, "b");
    queue.send(List.of(new NewMessage(content("c"), 0, null, null)));

    assertEquals(List.of("a", "c"), bodies(receive(queue, 10)));
    engine.time.pass(9);
    assertEquals(List.of("b"), bodies(receive(queue, 10)));
  }

  @Test
  void aDeadLetterKeepsItsIdItsTimeAndItsCount() {
    MessageQueue dead = engine.standard("dead");
    MessageQueue source = engine.queue("source", settings(false, new Redrive("dead", 2)));
    String id = send(source, "poison").messageId();
    long sent = engine.time.millis();
    for (int i = 0; i < 2; i++) {
      engine.time.pass(30);
      assertEquals("poison", one(source).content().body());
    }
    engine.time.pass(30);
    assertEquals(List.of(), receive(source, 1));

    engine.time.pass(7);
    assertEquals(7, dead.depth().oldestSeconds(), "its age counts from the move");
    ReceivedMessage letter = one(dead);
    assertEquals(id, letter.messageId());
    assertEquals(sent, letter.sent());
    assertEquals(3, letter.receiveCount());
    assertEquals("source", letter.deadLetterSource());
  }

  @Test
  void aDeadLetterIsDroppedByTheTimeOfItsFirstSendingInAStandardQueueOnly() {
    for (boolean fifo : List.of(false, true)) {
      MessageQueue dead =
          engine.queue("dead", new QueueSettings(fifo, 30, 0, 100, true, false, null));
      MessageQueue source = engine.queue("source", settings(fifo, new Redrive("dead", 1)));
      send(source, "x", "g", null);
      one(source);
      engine.time.pass(60);
      send(dead, "newer", "g", null);
      receive(source, 1);
      assertEquals(2, dead.depth().visible());

      engine.time.pass(40);

      assertEquals(fifo ? 2 : 1, dead.depth().visible());
    }
  }

  @Test
  void withoutItsDeadLetterQueuePoisonStays() {
    MessageQueue source = engine.queue("source", settings(false, new Redrive("dead", 1)));
    send(source, "x");
    one(source);
    engine.time.pass(30);

    assertEquals(2, one(source).receiveCount());
  }

  @Test
  void tooManyInFlightAreRefusedByAStandardQueueAndNotHandedOutByAFifoQueue() {
    fill(queue, 120_000);
    assertEquals(
        Reason.OVER_LIMIT, assertThrows(QueueRefusal.class, () -> receive(queue, 1)).reason());
    MessageQueue fifo = engine.fifo("f");
    fill(fifo, 20_000);
    assertEquals(List.of(), receive(fifo, 1));
    assertEquals(1, fifo.depth().visible());
  }

  private static void fill(MessageQueue queue, int inFlight) {
    for (int i = 0; i <= inFlight; i++) {
      send(queue, "x", "g" + i, "d" + i);
    }
    for (int got = 0; got < inFlight; got += 10) {
      assertEquals(10, receive(queue, 10).size());
    }
    assertEquals(inFlight, queue.depth().inFlight());
  }

  @Test
  void aPurgeLeavesNothingNotEvenInFlight() {
    send(queue, "a");
    send(queue, "b");
    ReceivedMessage a = one(queue);

    queue.purge();

    assertEquals(new QueueDepth(0, 0, 0, 0), queue.depth());
    queue.delete(a.receiptHandle());
    send(queue, "c");
    assertEquals(List.of("c"), bodies(receive(queue, 10)));
  }

  @Test
  void idsAreRandomUuids() {
    String one = send(queue, "a").messageId();
    String other = send(queue, "b").messageId();

    assertNotEquals(one, other);
    assertTrue(one.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }
}
