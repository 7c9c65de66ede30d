package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Plan;
import io.pipelab.local.cloudformation.template.RemovalPolicy;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Turns a stack into what a new template says, then deletes what is left over of the old. */
public final class StackUpdate {
  private static final Set<StackStatus> STABLE =
      EnumSet.of(
          StackStatus.CREATE_COMPLETE,
          StackStatus.UPDATE_COMPLETE,
          StackStatus.UPDATE_ROLLBACK_COMPLETE);

  private final Engine engine;
  private final LiveStack stack;
  private final Deployment deployment;
  private final Cancellation owner;

  private StackUpdate(Engine engine, LiveStack stack, Deployment deployment, Cancellation owner) {
    this.engine = engine;
    this.stack = stack;
    this.deployment = deployment;
    this.owner = owner;
  }

  /** The statuses from which an update like this may start. */
  public static Set<StackStatus> allowed(Deployment.OnFailure onFailure) {
    Set<StackStatus> allowed = EnumSet.copyOf(STABLE);
    if (onFailure == Deployment.OnFailure.DO_NOTHING) {
      // An update that will not be rolled back may go on from where one has failed.
      allowed.add(StackStatus.CREATE_FAILED);
      allowed.add(StackStatus.UPDATE_FAILED);
    }
    return allowed;
  }

  /** Starts an update and returns. */
  public static void start(Engine engine, LiveStack stack, Deployment deployment) {
    engine.start(
        stack,
        allowed(deployment.onFailure()),
        StackStatus.UPDATE_IN_PROGRESS,
        "User Initiated",
        deployment,
        owner -> new StackUpdate(engine, stack, deployment, owner).run());
  }

  private void run() throws InterruptedException {
    Plan plan = deployment.plan();
    try {
      engine.exports().use(stack, plan.imports());
      ResourceSteps steps = new ResourceSteps(engine, stack, deployment, owner);
      Set<String> failed = Walk.run(plan.graph(), engine.workers(), owner::requested, steps::apply);
      if (!failed.isEmpty() || owner.requested()) {
        fail(Failed.reason(stack, failed, owner));
        return;
      }
      StackOutputs.publish(engine, stack, plan);
    } catch (AwsError e) {
      fail(e.getMessage());
      return;
    }
    List<LiveResource> obsolete = obsolete();
    stack.settle(deployment);
    engine.exports().useOnly(stack, plan.imports());
    if (stack.advance(owner, StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, null)) {
      Set<String> left =
          new Removal(engine, stack, Removal.Record.FORGET, this::policy, false).run(obsolete);
      stack.advance(
          owner,
          StackStatus.UPDATE_COMPLETE,
          left.isEmpty() ? null : "Update successful. One or more resources could not be deleted.");
    }
  }

  /** What was replaced, and what the new template no longer has. */
  private List<LiveResource> obsolete() {
    List<LiveResource> obsolete = new ArrayList<>(stack.journal().displaced());
    stack.resources().stream()
        .filter(each -> !deployment.plan().resources().containsKey(each.logicalId()))
        .forEach(obsolete::add);
    return obsolete;
  }

  private RemovalPolicy policy(LiveResource resource) {
    boolean replaced = deployment.plan().resources().containsKey(resource.logicalId());
    return replaced
        ? resource.declaration().updateReplacePolicy()
        : resource.declaration().deletionPolicy();
  }

  private void fail(String reason) throws InterruptedException {
    if (deployment.onFailure() == Deployment.OnFailure.DO_NOTHING && owner.reason() == null) {
      stack.advance(owner, StackStatus.UPDATE_FAILED, reason);
    } else if (stack.advance(owner, StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, reason)) {
      new UpdateRollback(engine, stack, deployment, owner).run(Set.of());
    }
  }
}
