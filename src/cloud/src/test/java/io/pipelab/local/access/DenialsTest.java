package io.pipelab.local.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DenialsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Verdict MISSING = new Verdict.ImplicitDeny(PolicyKind.IDENTITY);

  private final Denials denials = new Denials();

  private Denial add(String action, String request, int second) {
    Caller caller = new Caller.RoleSession("arn:session", "arn:role", "s", "ASIA");
    return denials.add(new Use(caller, action, "arn:r"), request, NOW.plusSeconds(second), MISSING);
  }

  @Test
  void theLatestComesFirst() {
    add("a:A", "1", 0);
    add("a:B", "2", 1);
    assertEquals("a:B", denials.latest().get(0).use().action());
    assertEquals(2, denials.latest().size());
  }

  @Test
  void theSameOverAndOverCountsAsOneAndIsFoundByEachOfItsIds() {
    Denial first = add("a:A", "request-1", 0);
    add("a:B", "request-2", 1);
    Denial again = add("a:A", "request-3", 2);
    assertEquals(2, denials.latest().size());
    assertEquals(2, denials.latest().get(0).times());
    assertEquals(NOW.plusSeconds(2), again.time());
    for (String id : new String[] {first.id(), "request-1", again.id(), "request-3"}) {
      assertEquals(again, denials.find(id).orElseThrow());
    }
  }

  @Test
  void onlyTheLastAreKept() {
    String first = add("a:A0", "r0", 0).id();
    for (int i = 1; i <= 200; i++) {
      add("a:A" + i, "r" + i, i);
    }
    assertEquals(200, denials.latest().size());
    assertTrue(denials.find(first).isEmpty());
    for (int i = 0; i < 5000; i++) {
      add("a:loop", "loop" + i, i);
    }
    assertEquals(200, denials.latest().size());
    assertEquals("a:loop", denials.find("loop4999").orElseThrow().use().action());
    assertTrue(denials.find("loop0").isEmpty());
  }

  @Test
  void whatNobodyRefusedIsNotFound() {
    add("a:A", "", 0);
    assertTrue(denials.find("").isEmpty());
    assertTrue(denials.find("x").isEmpty());
  }
}
