package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.template.ResourceDeclaration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/**
 * A resource of a stack as it is at one moment.
 *
 * @param needs logical ids of the resources that it was made from
 * @param physical null until it exists
 * @param request what its type was last asked for, successfully
 */
public record LiveResource(
    ResourceDeclaration declaration,
    Set<String> needs,
    ResourceStatus status,
    @Nullable String reason,
    Instant since,
    @Nullable PhysicalResource physical,
    @Nullable ResourceRequest request) {

  static LiveResource fresh(ResourceDeclaration declaration, Set<String> needs) {
    return new LiveResource(
        declaration, needs, ResourceStatus.CREATE_IN_PROGRESS, null, Instant.EPOCH, null, null);
  }

  public String logicalId() {
    return declaration.logicalId();
  }

  /** The physical id, or an empty text while there is none. */
  public String physicalId() {
    return physical == null ? "" : physical.physicalId();
  }

  LiveResource as(ResourceStatus newStatus, @Nullable String newReason) {
    return new LiveResource(declaration, needs, newStatus, newReason, since, physical, request);
  }

  LiveResource at(Instant time) {
    return new LiveResource(declaration, needs, status, reason, time, physical, request);
  }

  LiveResource declared(ResourceDeclaration newDeclaration, Set<String> newNeeds) {
    return new LiveResource(newDeclaration, newNeeds, status, reason, since, physical, request);
  }

  LiveResource made(PhysicalResource newPhysical, ResourceRequest newRequest) {
    return new LiveResource(declaration, needs, status, reason, since, newPhysical, newRequest);
  }

  /** Whether there is something to delete. */
  boolean exists() {
    return status != ResourceStatus.DELETE_COMPLETE && status != ResourceStatus.DELETE_SKIPPED;
  }
}
