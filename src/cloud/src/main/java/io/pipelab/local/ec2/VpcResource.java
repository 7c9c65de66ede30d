package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** {@code AWS::EC2::VPC}. */
final class VpcResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::VPC")
          .createOnly("CidrBlock", "InstanceTenancy")
          .properties("EnableDnsSupport", "EnableDnsHostnames", "Tags")
          .required("CidrBlock")
          .attributes("VpcId", "CidrBlock", "DefaultSecurityGroup");

  private final Network network;
  private final Vpcs vpcs;
  private final ResourceTags tags;

  VpcResource(Network network, Vpcs vpcs, ResourceTags tags) {
    this.network = network;
    this.vpcs = vpcs;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateVpcRequest create =
        CreateVpcRequest.builder()
            .cidrBlock(request.text("CidrBlock"))
            .instanceTenancy(request.text("InstanceTenancy"))
            .build();
    return configure(vpcs.create(create).vpc().vpcId(), request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return configure(current.physicalId(), after);
  }

  private PhysicalResource configure(String id, ResourceRequest request) {
    vpcs.modify(
        ModifyVpcAttributeRequest.builder()
            .vpcId(id)
            .enableDnsSupport(flag(request.text("EnableDnsSupport")))
            .enableDnsHostnames(flag(request.text("EnableDnsHostnames")))
            .build());
    tags.set(id, request.tags());
    Vpc vpc = vpcs.require(id);
    return PhysicalResource.of(id)
        .with("VpcId", id)
        .with("CidrBlock", vpc.cidrBlock())
        .with("DefaultSecurityGroup", defaultSecurityGroup(id));
  }

  private static @Nullable AttributeBooleanValue flag(@Nullable String text) {
    return text == null
        ? null
        : AttributeBooleanValue.builder().value(Boolean.parseBoolean(text)).build();
  }

  private String defaultSecurityGroup(String vpcId) {
    return network.securityGroups.values().stream()
        .filter(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .map(SecurityGroup::groupId)
        .findFirst()
        .orElse("");
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () -> vpcs.delete(DeleteVpcRequest.builder().vpcId(current.physicalId()).build()));
  }
}
