package io.pipelab.local.cloudformation.resource;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One CloudFormation resource type. A service implements one small class a type; the engine calls
 * it with properties whose intrinsics are resolved, several resources at once from several threads.
 * Calls throw {@link io.pipelab.local.kernel.AwsError} with AWS's own message when the resource is
 * refused.
 */
public interface ResourceType {
  /** For example {@code AWS::SQS::Queue}. */
  String typeName();

  /**
   * The top-level properties that it supports; the engine fails any other by name before anything
   * is created.
   */
  Set<String> properties();

  /** The top-level properties that must be there. */
  default Set<String> required() {
    return Set.of();
  }

  /**
   * The top-level properties whose change needs a new resource ("Update requires: Replacement").
   */
  Set<String> replacedBy();

  /** The attribute names that Fn::GetAtt may ask for. */
  Set<String> attributes();

  /**
   * The property that gives the resource its physical name, or null when there is none. Two
   * resources of one name cannot stand side by side, so the engine refuses a replacement that keeps
   * it, as AWS does.
   */
  default @Nullable String nameProperty() {
    String name = typeName().substring(typeName().lastIndexOf(':') + 1) + "Name";
    return properties().contains(name) ? name : null;
  }

  /** Whether a change of the stack's tags is an update of the resource. */
  default boolean taggable() {
    return properties().contains("Tags");
  }

  /**
   * Creates the resource and returns as soon as its physical id is known; what takes long belongs
   * into {@link #awaitStable}.
   */
  PhysicalResource create(ResourceRequest request);

  /** Changes properties in place; never called when one of {@link #replacedBy()} changed. */
  PhysicalResource update(PhysicalResource current, ResourceRequest before, ResourceRequest after);

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
}
