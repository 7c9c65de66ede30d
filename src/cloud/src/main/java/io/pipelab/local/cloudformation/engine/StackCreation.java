package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.RemovalPolicy;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Creates everything of a new stack, or takes it back when something fails. */
public final class StackCreation {
  private final Engine engine;
  private final LiveStack stack;
  private final Deployment deployment;
  private final Cancellation owner;

  private StackCreation(Engine engine, LiveStack stack, Deployment deployment, Cancellation owner) {
    this.engine = engine;
    this.stack = stack;
    this.deployment = deployment;
    this.owner = owner;
  }

  /** Starts a creation and returns. */
  public static void start(Engine engine, LiveStack stack, Deployment deployment) {
    engine.start(
        stack,
        Set.of(StackStatus.CREATE_IN_PROGRESS, StackStatus.REVIEW_IN_PROGRESS),
        StackStatus.CREATE_IN_PROGRESS,
        "User Initiated",
        deployment,
        owner -> new StackCreation(engine, stack, deployment, owner).run());
  }

  /** Starts to take back a creation that was left as it failed (RollbackStack). */
  public static void rollBack(Engine engine, LiveStack stack, Deployment deployment) {
    engine.start(
        stack,
        Set.of(StackStatus.CREATE_FAILED),
        StackStatus.ROLLBACK_IN_PROGRESS,
        "User Initiated",
        null,
        owner -> new StackCreation(engine, stack, deployment, owner).takeBack());
  }

  private void run() throws InterruptedException {
    if (deployment.timeoutMinutes() != null) {
      CompletableFuture.delayedExecutor(deployment.timeoutMinutes(), TimeUnit.MINUTES)
          .execute(() -> owner.cancel("Stack creation time exceeded the specified timeout."));
    }
    try {
      engine.exports().use(stack, deployment.plan().imports());
      ResourceSteps steps = new ResourceSteps(engine, stack, deployment, owner);
      Set<String> failed =
          Walk.run(deployment.plan().graph(), engine.workers(), owner::requested, steps::create);
      if (!failed.isEmpty() || owner.requested()) {
        fail(Failed.reason(stack, failed, owner));
        return;
      }
      StackOutputs.publish(engine, stack, deployment.plan());
    } catch (AwsError e) {
      fail(e.getMessage() + (e.getMessage().endsWith(".") ? "" : "."));
      return;
    }
    synchronized (stack) {
      if (stack.advance(owner, StackStatus.CREATE_COMPLETE, null)) {
        stack.settle(deployment);
      }
    }
  }

  private void fail(String reason) throws InterruptedException {
    switch (deployment.onFailure()) {
      case DO_NOTHING -> stack.advance(owner, StackStatus.CREATE_FAILED, reason);
      case ROLLBACK -> {
        String words = reason + " Rollback requested by user.";
        if (stack.advance(owner, StackStatus.ROLLBACK_IN_PROGRESS, words)) {
          takeBack();
        }
      }
      case DELETE -> {
        String words = reason + " Delete requested by user.";
        if (stack.advance(owner, StackStatus.DELETE_IN_PROGRESS, words)) {
          StackDeletion.finish(engine, stack, owner, removeAll());
        }
      }
    }
  }

  private void takeBack() throws InterruptedException {
    Set<String> failed = removeAll();
    engine.exports().release(stack);
    if (failed.isEmpty()) {
      stack.advance(owner, StackStatus.ROLLBACK_COMPLETE, null);
    } else {
      stack.advance(owner, StackStatus.ROLLBACK_FAILED, Failed.toDelete(failed));
    }
  }

  private Set<String> removeAll() throws InterruptedException {
    List<LiveResource> all = stack.resources().stream().filter(LiveResource::exists).toList();
    return new Removal(engine, stack, Removal.Record.KEEP, this::policy, false).run(all);
  }

  /** What was never in use is deleted without a snapshot. */
  private RemovalPolicy policy(LiveResource resource) {
    return resource.declaration().deletionPolicy() == RemovalPolicy.RETAIN
            && !deployment.retainExceptOnCreate()
        ? RemovalPolicy.RETAIN
        : RemovalPolicy.DELETE;
  }
}
