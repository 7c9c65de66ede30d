package io.pipelab.local.cloudformation.resource;

import java.util.Set;

/**
 * One CloudFormation resource type. A service implements one small class a type; the engine calls
 * it with properties whose intrinsics are resolved. Calls return when the resource is stable, and
 * throw {@link io.pipelab.local.kernel.AwsError} with AWS's own message when it is refused.
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

  /** Creates the resource. */
  PhysicalResource create(ResourceRequest request);

  /** Changes properties in place; never called when one of {@link #replacedBy()} changed. */
  PhysicalResource update(PhysicalResource current, ResourceRequest before, ResourceRequest after);

  /** Deletes the resource; one that is already gone is deleted. */
  void delete(PhysicalResource current, ResourceRequest last);
}
