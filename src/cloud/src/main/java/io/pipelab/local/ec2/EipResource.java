package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;

/** {@code AWS::EC2::EIP}, whose Ref is the address. */
final class EipResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::EIP")
          .properties("Domain", "Tags")
          .attributes("AllocationId", "PublicIp");

  private final ElasticAddresses addresses;
  private final ResourceTags tags;

  EipResource(ElasticAddresses addresses, ResourceTags tags) {
    this.addresses = addresses;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    AllocateAddressResponse made =
        addresses.allocate(AllocateAddressRequest.builder().domain(request.text("Domain")).build());
    tags.set(made.allocationId(), request.tags());
    return PhysicalResource.of(made.publicIp())
        .with("AllocationId", made.allocationId())
        .with("PublicIp", made.publicIp());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    tags.set(
        Objects.requireNonNull(current.attributes().get("AllocationId")).asText(), after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            addresses.release(
                ReleaseAddressRequest.builder().publicIp(current.physicalId()).build()));
  }
}
