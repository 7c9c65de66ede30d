package io.pipelab.local.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyEditsTest {
  @Test
  void aStatementIsAddedAndTakenAwayById() {
    String one =
        PolicyEdits.allow(null, "id", "a", List.of("111122223333"), List.of("SQS:*"), "arn");
    String two =
        PolicyEdits.allow(one, "id", "b", List.of("1", "2"), List.of("SQS:X", "SQS:Y"), "arn");

    assertTrue(PolicyEdits.has(two, "a"));
    assertTrue(PolicyEdits.has(two, "b"));
    String left = PolicyEdits.without(two, "b");
    assertEquals(one, left);
    assertFalse(PolicyEdits.has(left, "b"));
    assertNull(PolicyEdits.without(left, "a"));
  }
}
