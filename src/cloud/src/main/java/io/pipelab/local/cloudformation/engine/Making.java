package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/**
 * Creates a resource, a new one or one that replaces another.
 *
 * @param resolved what it shall be
 * @param during the status until it is stable
 */
record Making(LiveStack stack, Supplier<ResourceRequest> resolved, ResourceStatus during)
    implements Attempt.Task {
  @Override
  public ResourceRequest request() {
    return resolved.get();
  }

  @Override
  public PhysicalResource ask(ResourceType type, ResourceRequest request) {
    return type.create(request);
  }

  @Override
  public LiveResource answered(
      LiveResource before, PhysicalResource made, ResourceRequest request) {
    if (made.physicalId().equals(before.physicalId())) {
      // The type changed what there was after all: deleting the old one would delete this.
      stack.journal().attempt(before.logicalId(), request);
    } else if (before.physical() != null) {
      stack.journal().displace(before);
    }
    return stack.record(before.made(made, request).as(during, "Resource creation Initiated"));
  }
}
