package io.pipelab.local.cloudformation.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class StacksTest {
  private final ManualClock clock = new ManualClock();
  private final Stacks stacks =
      new Stacks(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566")),
          clock,
          event -> {});

  @Test
  void aDeletedStackIsFoundByItsIdForNinetyDays() {
    LiveStack kept = add("kept");
    LiveStack deleted = add("deleted");
    deleted.review(StackStatus.DELETE_COMPLETE, null);
    clock.advance(Duration.ofDays(90));
    assertEquals(deleted, stacks.get(deleted.id()));
    clock.advance(Duration.ofSeconds(1));
    assertTrue(stacks.find(deleted.id()).isEmpty());
    assertEquals(List.of(kept), stacks.all());
  }

  @Test
  void theLastHundredDeletedStacksAreKept() {
    LiveStack first = add("first");
    LiveStack second = add("second");
    // The first one was created first and is deleted last.
    second.review(StackStatus.DELETE_COMPLETE, null);
    for (int i = 0; i < 99; i++) {
      clock.advance(Duration.ofSeconds(1));
      add("more-" + i).review(StackStatus.DELETE_COMPLETE, null);
    }
    assertTrue(stacks.find(second.id()).isPresent());
    clock.advance(Duration.ofSeconds(1));
    first.review(StackStatus.DELETE_COMPLETE, null);
    assertFalse(stacks.find(second.id()).isPresent());
    assertEquals(100, stacks.all().size());
    assertTrue(stacks.find(first.id()).isPresent());
  }

  @Test
  void eventsAreKeptForNinetyDaysAndTwoThousandAtMost() {
    LiveStack stack = add("busy");
    stack.review(StackStatus.CREATE_COMPLETE, "the first");
    clock.advance(Duration.ofDays(91));
    stack.review(StackStatus.UPDATE_IN_PROGRESS, null);
    assertEquals(1, stack.events().size());
    for (int i = 0; i < 2_500; i++) {
      stack.review(StackStatus.UPDATE_COMPLETE, "number " + i);
    }
    List<StackEvent> events = stack.events();
    assertEquals(2_000, events.size());
    assertEquals("number 500", events.get(0).resourceStatusReason());
    assertEquals("number 2499", events.get(1_999).resourceStatusReason());
  }

  @Test
  void theLastThousandTokensAreKnown() {
    LiveStack stack = add("asked");
    for (int i = 0; i < 1_001; i++) {
      assertTrue(stack.firstUse("token-" + i, "UpdateStack"));
    }
    assertFalse(stack.firstUse("token-1000", "UpdateStack"));
    assertTrue(stack.firstUse("token-0", "UpdateStack"), "long forgotten");
  }

  private LiveStack add(String name) {
    return stacks.add(name, stacks.newId(name), StackStatus.CREATE_IN_PROGRESS);
  }
}
