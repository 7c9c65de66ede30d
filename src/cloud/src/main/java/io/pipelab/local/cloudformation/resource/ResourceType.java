package io.pipelab.local.cloudformation.resource;

import io.pipelab.local.kernel.AwsError;

/**
 * One CloudFormation resource type. A service implements one small class a type; the engine calls
 * it with properties whose intrinsics are resolved, several resources at once from several threads.
 * Calls throw {@link io.pipelab.local.kernel.AwsError} with AWS's own message when the resource is
 * refused.
 */
public interface ResourceType {
  /** What CloudFormation has to know of the type: one constant. */
  TypeSchema schema();

  /**
   * Creates the resource and returns as soon as its physical id is known; what takes long belongs
   * into {@link #awaitStable}.
   */
  PhysicalResource create(ResourceRequest request);

  /**
   * Changes properties in place; never called when a {@link TypeSchema#createOnly} one changed. A
   * type that has no other properties needs none of its own.
   */
  default PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    if (!schema().createOnly().containsAll(schema().properties())) {
      throw new IllegalStateException(schema().typeName() + " does not say how it is changed");
    }
    return current;
  }

  /**
   * Blocks until a resource that was created or updated is usable; returns it, perhaps with
   * attributes that are known only now. The engine interrupts it when the stack's operation is
   * cancelled or the cloud stops; because the physical id is known by then, nothing is left behind.
   *
   * @throws io.pipelab.local.kernel.AwsError when the resource will not become stable
   */
  default PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request)
      throws InterruptedException {
    return current;
  }

  /** Deletes the resource and returns when it is gone; one that is already gone is deleted. */
  void delete(PhysicalResource current, ResourceRequest last);

  /** Whether its resources can be deleted so that a snapshot of them stays. */
  default boolean takesSnapshots() {
    return false;
  }

  /** Deletes the resource as {@link #delete} does, and leaves a snapshot of it. */
  default void deleteLeavingSnapshot(PhysicalResource current, ResourceRequest last) {
    throw AwsError.notImplemented("snapshots of " + schema().typeName());
  }
}
