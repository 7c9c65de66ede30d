package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FifoOrderTest {
  private static final Published FIRST = new Published("id", "1");

  private Instant now = Instant.parse("2026-11-21T03:00:00Z");
  private final FifoOrder order = new FifoOrder(() -> now);

  @Test
  void aMessageIsKnownForFiveMinutes() {
    order.add("key", FIRST);
    now = now.plus(FifoOrder.INTERVAL).minusMillis(1);
    assertEquals(FIRST, order.find("key"));
    assertNull(order.find("other"));
    now = now.plusMillis(1);
    assertNull(order.find("key"));
  }

  @Test
  void sequenceNumbersHaveTwentyDigitsAndGrow() {
    String first = order.next();
    String second = order.next();
    assertTrue(first.matches("\\d{20}"), first);
    assertTrue(second.matches("\\d{20}"), second);
    assertTrue(second.compareTo(first) > 0, second);
  }
}
