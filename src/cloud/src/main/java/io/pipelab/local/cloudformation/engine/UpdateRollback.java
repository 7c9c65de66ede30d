package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Graph;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.RemovalPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Puts a stack back to what it was before an update, by the update's journal. */
public final class UpdateRollback {
  private final Engine engine;
  private final LiveStack stack;
  private final Deployment failed;
  private final Cancellation owner;

  UpdateRollback(Engine engine, LiveStack stack, Deployment failed, Cancellation owner) {
    this.engine = engine;
    this.stack = stack;
    this.failed = failed;
    this.owner = owner;
  }

  /**
   * Starts to roll back again (ContinueUpdateRollback), or at last (RollbackStack).
   *
   * @param skip logical ids of resources that are left as they are
   */
  public static void start(
      Engine engine, LiveStack stack, StackStatus from, Deployment failed, Set<String> skip) {
    Set<String> unknown = new TreeSet<>(skip);
    unknown.removeAll(stack.journal().before().keySet());
    if (!unknown.isEmpty()) {
      throw Invalid.request(
          "ResourcesToSkip " + unknown + " are not resources that failed to roll back");
    }
    engine.start(
        stack,
        Set.of(from),
        StackStatus.UPDATE_ROLLBACK_IN_PROGRESS,
        "User Initiated",
        null,
        owner -> new UpdateRollback(engine, stack, failed, owner).run(skip));
  }

  void run(Set<String> skip) throws InterruptedException {
    Map<String, LiveResource> before = stack.journal().before();
    Set<String> left =
        Walk.run(order(before), engine.workers(), () -> false, id -> restore(before, id, skip));
    if (!left.isEmpty()) {
      stack.advance(owner, StackStatus.UPDATE_ROLLBACK_FAILED, Failed.toUpdate(left));
      return;
    }
    List<LiveResource> made = made(before);
    Deployment stable = stack.stable();
    stack.settle(stable);
    engine.exports().useOnly(stack, stable == null ? Set.of() : stable.plan().imports());
    if (stack.advance(owner, StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, null)) {
      new Removal(engine, stack, Removal.Record.FORGET, this::policy, false).run(made);
      stack.advance(owner, StackStatus.UPDATE_ROLLBACK_COMPLETE, null);
    }
  }

  private static Graph order(Map<String, LiveResource> before) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    before.forEach((id, resource) -> needs.put(id, resource.needs()));
    return Graph.of(needs).withoutCycles();
  }

  private boolean restore(Map<String, LiveResource> before, String id, Set<String> skip) {
    LiveResource resource = before.get(id);
    if (resource == null) {
      throw new IllegalStateException("no resource " + id + " in the journal");
    }
    LiveResource current = stack.resource(id);
    if (current != null
        && current.status() == ResourceStatus.UPDATE_COMPLETE
        && skip.isEmpty()
        && current.request() == resource.request()) {
      return true; // an earlier rollback has put it back
    }
    if (current != null && !current.physicalId().equals(resource.physicalId())) {
      stack.journal().displace(current);
    }
    if (skip.contains(id)) {
      stack.record(resource.as(ResourceStatus.UPDATE_COMPLETE, null));
      return true;
    }
    return new ResourceSteps(engine, stack, failed, new Cancellation()).restore(resource);
  }

  /** What only the update made: new resources, and replacements that are not wanted any more. */
  private List<LiveResource> made(Map<String, LiveResource> before) {
    List<LiveResource> made = new ArrayList<>();
    for (LiveResource resource : stack.journal().displaced()) {
      LiveResource original = before.get(resource.logicalId());
      if (original == null || !original.physicalId().equals(resource.physicalId())) {
        made.add(resource);
      }
    }
    stack.resources().stream()
        .filter(each -> stack.journal().isNew(each.logicalId()))
        .forEach(made::add);
    return made;
  }

  private RemovalPolicy policy(LiveResource resource) {
    return stack.resource(resource.logicalId()) == resource
            && resource.declaration().deletionPolicy() == RemovalPolicy.RETAIN
            && !failed.retainExceptOnCreate()
        ? RemovalPolicy.RETAIN
        : RemovalPolicy.DELETE;
  }
}
