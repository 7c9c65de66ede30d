package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.RemovalPolicy;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Deletes everything of a stack, then the stack. */
public final class StackDeletion {
  private static final Set<StackStatus> ALLOWED =
      EnumSet.of(
          StackStatus.REVIEW_IN_PROGRESS,
          StackStatus.CREATE_IN_PROGRESS,
          StackStatus.CREATE_FAILED,
          StackStatus.CREATE_COMPLETE,
          StackStatus.ROLLBACK_IN_PROGRESS,
          StackStatus.ROLLBACK_FAILED,
          StackStatus.ROLLBACK_COMPLETE,
          StackStatus.DELETE_FAILED,
          StackStatus.UPDATE_COMPLETE,
          StackStatus.UPDATE_FAILED,
          StackStatus.UPDATE_ROLLBACK_FAILED,
          StackStatus.UPDATE_ROLLBACK_COMPLETE);

  private StackDeletion() {}

  /**
   * Starts a deletion and returns. When another stack imports one of its exports, the deletion is
   * cancelled, which only its events tell, as on AWS.
   *
   * @param retain logical ids of resources that are left alone
   * @param force whether what cannot be deleted is left behind
   */
  public static void start(Engine engine, LiveStack stack, Set<String> retain, boolean force) {
    try {
      engine.exports().requireUnused(stack);
    } catch (AwsError e) {
      stack.review(stack.status(), e.getMessage());
      return;
    }
    engine.start(
        stack,
        ALLOWED,
        StackStatus.DELETE_IN_PROGRESS,
        "User Initiated",
        null,
        owner -> {
          engine.exports().withdraw(stack);
          Removal removal =
              new Removal(engine, stack, Removal.Record.KEEP, each -> policy(each, retain), force);
          List<LiveResource> all = stack.resources().stream().filter(LiveResource::exists).toList();
          finish(engine, stack, owner, removal.run(withLeftovers(stack, all)));
        });
  }

  /** Resources that an unfinished update has replaced still exist, and go with the stack. */
  private static List<LiveResource> withLeftovers(LiveStack stack, List<LiveResource> all) {
    List<LiveResource> doomed = new ArrayList<>(stack.journal().displaced());
    doomed.removeIf(
        each -> all.stream().anyMatch(other -> other.physicalId().equals(each.physicalId())));
    doomed.addAll(all);
    return doomed;
  }

  private static RemovalPolicy policy(LiveResource resource, Set<String> retain) {
    return retain.contains(resource.logicalId())
        ? RemovalPolicy.RETAIN
        : resource.declaration().deletionPolicy();
  }

  static void finish(Engine engine, LiveStack stack, Cancellation owner, Set<String> failed) {
    if (failed.isEmpty()) {
      engine.exports().release(stack);
      stack.advance(owner, StackStatus.DELETE_COMPLETE, null);
    } else {
      stack.advance(owner, StackStatus.DELETE_FAILED, Failed.toDelete(failed));
    }
  }
}
