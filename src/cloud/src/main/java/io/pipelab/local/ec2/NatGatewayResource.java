package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.NatGateway;

/** {@code AWS::EC2::NatGateway}. */
final class NatGatewayResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::NatGateway")
          .createOnly("AllocationId", "ConnectivityType", "SubnetId")
          .properties("Tags")
          .attributes("NatGatewayId", "EniId");

  private final NatGateways gateways;
  private final ResourceTags tags;

  NatGatewayResource(NatGateways gateways, ResourceTags tags) {
    this.gateways = gateways;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    NatGateway made =
        gateways.create(
            CreateNatGatewayRequest.builder()
                .subnetId(request.text("SubnetId"))
                .allocationId(request.text("AllocationId"))
                .connectivityType(request.text("ConnectivityType"))
                .build());
    tags.set(made.natGatewayId(), request.tags());
    PhysicalResource resource =
        PhysicalResource.of(made.natGatewayId()).with("NatGatewayId", made.natGatewayId());
    return made.natGatewayAddresses().isEmpty()
        ? resource
        : resource.with("EniId", made.natGatewayAddresses().get(0).networkInterfaceId());
  }

  @Override
  public PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request) {
    NatGateway made = gateways.require(current.physicalId());
    if (made.stateAsString().equals("failed")) {
      throw AwsError.badRequest(
          "NotStabilized",
          "NatGateway "
              + current.physicalId()
              + " is in state failed and hence failed to stabilize. Detailed failure message: "
              + made.failureMessage());
    }
    return current;
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    tags.set(current.physicalId(), after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> gateways.delete(current.physicalId()));
  }
}
