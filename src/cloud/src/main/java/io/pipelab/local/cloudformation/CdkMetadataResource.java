package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.UUID;

/**
 * {@code AWS::CDK::Metadata}, which CDK puts into every template unless it is told not to: a note
 * on which constructs were used, for AWS. It makes nothing, there as here (CDK guide, "Version
 * reporting").
 */
final class CdkMetadataResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::CDK::Metadata").properties("Analytics");

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    return PhysicalResource.of(UUID.randomUUID().toString());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    // There is nothing to delete.
  }
}
