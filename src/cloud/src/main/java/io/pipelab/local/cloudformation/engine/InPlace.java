package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.function.Supplier;

/** Changes a resource that exists. */
record InPlace(PhysicalResource current, ResourceRequest before, Supplier<ResourceRequest> after)
    implements Attempt.Task {
  @Override
  public ResourceRequest request() {
    return after.get();
  }

  @Override
  public PhysicalResource ask(ResourceType type, ResourceRequest request) {
    return type.update(current, before, request);
  }

  /** Until it is stable it counts as what it was. */
  @Override
  public LiveResource answered(LiveResource old, PhysicalResource answer, ResourceRequest request) {
    return old;
  }
}
