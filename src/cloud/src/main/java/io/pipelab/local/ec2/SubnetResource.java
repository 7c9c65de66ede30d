package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** {@code AWS::EC2::Subnet}. */
final class SubnetResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::Subnet")
          .createOnly("VpcId", "CidrBlock", "AvailabilityZone")
          .properties("MapPublicIpOnLaunch", "Tags")
          .required("VpcId", "CidrBlock")
          .attributes("SubnetId", "AvailabilityZone", "CidrBlock", "VpcId");

  private final Subnets subnets;
  private final Interfaces interfaces;
  private final ResourceTags tags;

  SubnetResource(Subnets subnets, Interfaces interfaces, ResourceTags tags) {
    this.interfaces = interfaces;
    this.subnets = subnets;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateSubnetRequest create =
        CreateSubnetRequest.builder()
            .vpcId(request.text("VpcId"))
            .cidrBlock(request.text("CidrBlock"))
            .availabilityZone(request.text("AvailabilityZone"))
            .build();
    return configure(subnets.create(create).subnet().subnetId(), request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return configure(current.physicalId(), after);
  }

  private PhysicalResource configure(String id, ResourceRequest request) {
    boolean mapPublicIp = Boolean.parseBoolean(request.text("MapPublicIpOnLaunch"));
    subnets.modify(
        ModifySubnetAttributeRequest.builder()
            .subnetId(id)
            .mapPublicIpOnLaunch(flag -> flag.value(mapPublicIp))
            .build());
    tags.set(id, request.tags());
    Subnet subnet = subnets.require(id);
    return PhysicalResource.of(id)
        .with("SubnetId", id)
        .with("AvailabilityZone", subnet.availabilityZone())
        .with("CidrBlock", subnet.cidrBlock())
        .with("VpcId", subnet.vpcId());
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    interfaces.awaitEmptySubnet(current.physicalId());
    Absent.isFine(
        () -> subnets.delete(DeleteSubnetRequest.builder().subnetId(current.physicalId()).build()));
  }
}
