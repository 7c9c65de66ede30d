package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MessageAgesTest {
  private final MessageAges ages = new MessageAges();

  @Test
  void theOldestIsTheOneThatWasSentFirstAndIsStillThere() {
    ages.added("q", "a", 10);
    ages.added("q", "b", 20);
    assertEquals(OptionalLong.of(10), ages.oldest("q"));

    ages.removed("q", "a");
    assertEquals(OptionalLong.of(20), ages.oldest("q"));

    ages.cleared("q");
    assertEquals(OptionalLong.empty(), ages.oldest("q"));
  }

  @Test
  void exhaustedMessagesThatAreMissingWentToTheDeadLetterQueue() {
    ages.added("q", "poison", 10);
    ages.added("q", "good", 20);
    ages.exhausted("q", "poison");
    ages.settle("q", 2, "dlq");
    assertEquals(OptionalLong.of(10), ages.oldest("q"), "still in flight for the last time");

    ages.settle("q", 1, "dlq");

    assertEquals(OptionalLong.of(20), ages.oldest("q"));
    assertEquals(OptionalLong.of(10), ages.oldest("dlq"));
  }

  @Test
  void anEmptyQueueHasNoOldMessage() {
    ages.added("q", "moved by a redrive task", 10);

    ages.settle("q", 0, null);

    assertEquals(OptionalLong.empty(), ages.oldest("q"));
  }
}
