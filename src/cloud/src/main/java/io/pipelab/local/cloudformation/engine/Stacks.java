package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Every stack that there is, and those that were deleted within 90 days, which can be found by
 * their id, as on AWS; here the last hundred of them, because they keep their templates in memory.
 */
public final class Stacks {
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final int MOST_DELETED = 100;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Consumer<StackEvent> listener;
  private final Map<String, LiveStack> byId = new LinkedHashMap<>();

  /**
   * @param listener hears of each event of every stack; it must not wait
   */
  public Stacks(CloudIdentity identity, CloudClock clock, Consumer<StackEvent> listener) {
    this.listener = listener;
    this.identity = identity;
    this.clock = clock;
  }

  /** A new stack's id; the stack exists once it is {@link #add added}. */
  public String newId(String name) {
    return identity.arn("cloudformation", "stack/" + name + "/" + UUID.randomUUID());
  }

  /**
   * Adds a stack.
   *
   * @throws AwsError AlreadyExistsException when a stack of that name exists
   */
  public synchronized LiveStack add(String name, String id, StackStatus first) {
    if (named(name).isPresent()) {
      throw AwsError.badRequest("AlreadyExistsException", "Stack [" + name + "] already exists");
    }
    forgetDeleted();
    LiveStack stack = new LiveStack(clock, id, name, first, listener);
    byId.put(id, stack);
    return stack;
  }

  private void forgetDeleted() {
    Instant oldest = clock.now().minus(RETENTION);
    Map<LiveStack, Instant> deleted = new HashMap<>();
    for (LiveStack stack : byId.values()) {
      Instant moment = stack.deleted();
      if (moment != null) {
        deleted.put(stack, moment);
      }
    }
    deleted.entrySet().stream()
        .sorted(Map.Entry.<LiveStack, Instant>comparingByValue().reversed())
        .skip(MOST_DELETED)
        .forEach(each -> byId.remove(each.getKey().id()));
    deleted.forEach(
        (stack, moment) -> {
          if (moment.isBefore(oldest)) {
            byId.remove(stack.id());
          }
        });
  }

  /** Adds a stack that has nothing but change sets. */
  public LiveStack addForReview(String name, String id) {
    LiveStack stack = add(name, id, StackStatus.REVIEW_IN_PROGRESS);
    stack.review(StackStatus.REVIEW_IN_PROGRESS, "User Initiated");
    return stack;
  }

  /** The stack of that name that is not deleted. */
  public synchronized Optional<LiveStack> named(String name) {
    return byId.values().stream()
        .filter(each -> each.name().equals(name) && !each.isDeleted())
        .findFirst();
  }

  /** The stack of that name, or of that id, even if it is deleted. */
  public synchronized Optional<LiveStack> find(String nameOrId) {
    forgetDeleted();
    LiveStack stack = byId.get(nameOrId);
    return stack == null ? named(nameOrId) : Optional.of(stack);
  }

  /**
   * As {@link #find}.
   *
   * @throws AwsError ValidationError {@code Stack with id X does not exist}
   */
  public LiveStack get(String nameOrId) {
    return find(nameOrId)
        .orElseThrow(() -> Invalid.request("Stack with id " + nameOrId + " does not exist"));
  }

  /**
   * A stack that is not deleted.
   *
   * @throws AwsError ValidationError {@code Stack [X] does not exist}
   */
  public LiveStack live(String nameOrId) {
    return find(nameOrId)
        .filter(each -> !each.isDeleted())
        .orElseThrow(() -> Invalid.request("Stack [" + nameOrId + "] does not exist"));
  }

  /** All stacks, the newest first, deleted ones included. */
  public synchronized List<LiveStack> all() {
    forgetDeleted();
    List<LiveStack> all = new ArrayList<>();
    byId.values().forEach(each -> all.add(0, each));
    return all;
  }
}
