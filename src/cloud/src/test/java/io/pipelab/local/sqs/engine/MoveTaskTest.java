package io.pipelab.local.sqs.engine;

import static io.pipelab.local.sqs.engine.EngineFixture.bodies;
import static io.pipelab.local.sqs.engine.EngineFixture.one;
import static io.pipelab.local.sqs.engine.EngineFixture.receive;
import static io.pipelab.local.sqs.engine.EngineFixture.send;
import static io.pipelab.local.sqs.engine.EngineFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.sqs.engine.MoveTask.Status;
import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveTaskTest {
  private final EngineFixture engine = new EngineFixture();
  private final MessageQueue dead = engine.standard("dead");
  private final MessageQueue source =
      engine.queue("source", settings(false, new Redrive("dead", 1)));

  @Test
  void deadLettersGoBackToWhereTheyCameFromAsNewMessages() {
    String id = send(source, "x").messageId();
    bury();

    MoveTask task = engine.move("dead", null, null);

    assertEquals(Status.COMPLETED, task.status());
    assertEquals(1, task.moved());
    assertEquals(1, task.toMove());
    ReceivedMessage moved = one(source);
    assertEquals("x", moved.content().body());
    assertEquals(1, moved.receiveCount());
    assertEquals(engine.time.millis(), moved.sent());
    assertNotEquals(id, moved.messageId());
    assertNull(moved.deadLetterSource());
  }

  @Test
  void aDestinationTakesThemAll() {
    MessageQueue other = engine.standard("other");
    send(dead, "a");
    send(dead, "b");

    assertEquals(2, engine.move("dead", "other", null).moved());
    assertEquals(List.of("a", "b"), bodies(receive(other, 10)));
  }

  @Test
  void aRateIsKeptAndATaskCanBeCancelled() {
    engine.standard("other");
    for (int i = 0; i < 5; i++) {
      send(dead, "m" + i);
    }
    MoveTask task = engine.move("dead", "other", 2);
    engine.time.passMillis(1000);
    assertEquals(3, task.moved());
    assertEquals(Status.RUNNING, task.status());

    assertTrue(task.cancel());
    engine.time.pass(9);

    assertEquals(Status.CANCELLED, task.status());
    assertEquals(3, task.moved());
    assertEquals(2, dead.depth().visible());
    assertFalse(task.cancel());
  }

  @Test
  void whatCannotBeMovedStaysAndTheTaskSaysWhy() {
    send(dead, "never was elsewhere");
    MoveTask nowhere = engine.move("dead", null, null);
    assertEquals(Status.FAILED, nowhere.status());
    assertEquals("CouldNotDetermineMessageSource", nowhere.failure());
    MoveTask gone = engine.move("dead", "gone", null);
    assertEquals("AWS.SimpleQueueService.NonExistentQueue", gone.failure());

    assertEquals(1, dead.depth().visible());
    assertEquals(1, one(dead).receiveCount());
  }

  private void bury() {
    one(source);
    engine.time.pass(30);
    assertEquals(List.of(), receive(source, 1));
    assertEquals(1, dead.depth().visible());
  }
}
