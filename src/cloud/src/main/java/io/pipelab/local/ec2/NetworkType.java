package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One AWS::EC2 type as a row: EC2's types differ in what they call, and in nothing else.
 *
 * @param create makes the resource
 * @param update changes it in place
 * @param delete deletes it; called only while it exists
 * @param exists whether it is still there
 */
record NetworkType(
    String typeName,
    Set<String> properties,
    Set<String> required,
    Set<String> replacedBy,
    Set<String> attributes,
    Function<ResourceRequest, PhysicalResource> create,
    BiFunction<PhysicalResource, ResourceRequest, PhysicalResource> update,
    BiConsumer<PhysicalResource, ResourceRequest> delete,
    Function<PhysicalResource, Boolean> exists)
    implements ResourceType {

  @Override
  public PhysicalResource create(ResourceRequest request) {
    return create.apply(request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return update.apply(current, after);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (exists.apply(current)) {
      delete.accept(current, last);
    }
  }
}
