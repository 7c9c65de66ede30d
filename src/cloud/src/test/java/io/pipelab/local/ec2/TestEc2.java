package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.util.Objects;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;

/** EC2 alone, called without a wire. */
final class TestEc2 {
  private final Ec2 ec2 =
      new Ec2(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
          new ManualClock());

  Ec2 service() {
    return ec2;
  }

  Interfaces interfaces() {
    return (Interfaces) ec2.networkInterfaces();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the table is by request class
  <I extends SdkPojo, O extends SdkPojo> O call(I request) {
    Action<I, O> action =
        (Action<I, O>) Objects.requireNonNull(ec2.actions().byRequest().get(request.getClass()));
    return action.handle(request, new Caller.Operator("arn:aws:iam::000000000000:user/me", "key"));
  }

  String vpc(String block) {
    CreateVpcResponse made = call(CreateVpcRequest.builder().cidrBlock(block).build());
    return made.vpc().vpcId();
  }

  String subnet(String vpc, String block) {
    return subnet(vpc, block, "us-east-1a");
  }

  String subnet(String vpc, String block, String zone) {
    CreateSubnetResponse made =
        call(
            CreateSubnetRequest.builder()
                .vpcId(vpc)
                .cidrBlock(block)
                .availabilityZone(zone)
                .build());
    return made.subnet().subnetId();
  }

  /** Turns both of a VPC's DNS switches on. */
  void dnsOn(String vpc) {
    call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsSupport(value -> value.value(true))
            .enableDnsHostnames(value -> value.value(true))
            .build());
  }

  /** An internet gateway that is attached. */
  String internetGateway(String vpc) {
    CreateInternetGatewayResponse made = call(CreateInternetGatewayRequest.builder().build());
    String id = made.internetGateway().internetGatewayId();
    call(AttachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(id).build());
    return id;
  }

  String routeTable(String vpc, String... subnets) {
    CreateRouteTableResponse made = call(CreateRouteTableRequest.builder().vpcId(vpc).build());
    String id = made.routeTable().routeTableId();
    for (String subnet : subnets) {
      call(AssociateRouteTableRequest.builder().routeTableId(id).subnetId(subnet).build());
    }
    return id;
  }

  String group(String vpc, String name) {
    CreateSecurityGroupResponse made =
        call(
            CreateSecurityGroupRequest.builder()
                .vpcId(vpc)
                .groupName(name)
                .description(name)
                .build());
    return made.groupId();
  }

  /** Lets what is in a group in at a port of what is in another. */
  void letIn(String group, String from, int port) {
    call(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .ipPermissions(
                rule ->
                    rule.ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .userIdGroupPairs(peer -> peer.groupId(from)))
            .build());
  }
}
