package io.pipelab.local.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The AWS::EC2 types of a VPC, a row each. */
final class NetworkTypes {
  private final Vpcs vpcs;
  private final Subnets subnets;
  private final InternetGateways internetGateways;
  private final RouteTables routeTables;
  private final SecurityGroups securityGroups;
  private final ResourceTags tags;
  private final Network network;

  private NetworkTypes(
      Vpcs vpcs,
      Subnets subnets,
      InternetGateways internetGateways,
      RouteTables routeTables,
      SecurityGroups securityGroups,
      ResourceTags tags,
      Network network) {
    this.vpcs = vpcs;
    this.subnets = subnets;
    this.internetGateways = internetGateways;
    this.routeTables = routeTables;
    this.securityGroups = securityGroups;
    this.tags = tags;
    this.network = network;
  }

  static List<ResourceType> all(
      Vpcs vpcs,
      Subnets subnets,
      InternetGateways internetGateways,
      RouteTables routeTables,
      SecurityGroups securityGroups,
      ResourceTags tags,
      Network network) {
    NetworkTypes types =
        new NetworkTypes(
            vpcs, subnets, internetGateways, routeTables, securityGroups, tags, network);
    return List.of(
        types.vpc(),
        types.subnet(),
        types.internetGateway(),
        types.gatewayAttachment(),
        types.routeTable(),
        types.route(),
        types.subnetRouteTableAssociation(),
        types.securityGroup());
  }

  private ResourceType vpc() {
    return new NetworkType(
        "AWS::EC2::VPC",
        Set.of("CidrBlock", "EnableDnsSupport", "EnableDnsHostnames", "InstanceTenancy", "Tags"),
        Set.of("CidrBlock"),
        Set.of("CidrBlock", "InstanceTenancy"),
        Set.of("VpcId", "CidrBlock", "DefaultSecurityGroup"),
        request -> {
          String id =
              vpcs.create(
                      CreateVpcRequest.builder()
                          .cidrBlock(request.text("CidrBlock"))
                          .instanceTenancy(request.text("InstanceTenancy"))
                          .build())
                  .vpc()
                  .vpcId();
          return updateVpc(id, request);
        },
        (current, after) -> updateVpc(current.physicalId(), after),
        (current, last) ->
            vpcs.delete(DeleteVpcRequest.builder().vpcId(current.physicalId()).build()),
        current -> network.vpcs.containsKey(current.physicalId()));
  }

  private PhysicalResource updateVpc(String id, ResourceRequest request) {
    ModifyVpcAttributeRequest.Builder dns = ModifyVpcAttributeRequest.builder().vpcId(id);
    if (request.text("EnableDnsSupport") != null) {
      dns.enableDnsSupport(flag(request, "EnableDnsSupport"));
    }
    if (request.text("EnableDnsHostnames") != null) {
      dns.enableDnsHostnames(flag(request, "EnableDnsHostnames"));
    }
    vpcs.modify(dns.build());
    retag(id, request);
    Vpc vpc = vpcs.require(id);
    String group =
        network.securityGroups.values().stream()
            .filter(g -> g.vpcId().equals(id) && g.groupName().equals("default"))
            .map(SecurityGroup::groupId)
            .findFirst()
            .orElse("");
    return PhysicalResource.of(id)
        .with("VpcId", id)
        .with("CidrBlock", vpc.cidrBlock())
        .with("DefaultSecurityGroup", group);
  }

  private ResourceType subnet() {
    return new NetworkType(
        "AWS::EC2::Subnet",
        Set.of("VpcId", "CidrBlock", "AvailabilityZone", "MapPublicIpOnLaunch", "Tags"),
        Set.of("VpcId", "CidrBlock"),
        Set.of("VpcId", "CidrBlock", "AvailabilityZone"),
        Set.of("SubnetId", "AvailabilityZone", "CidrBlock", "VpcId"),
        request -> {
          String id =
              subnets
                  .create(
                      CreateSubnetRequest.builder()
                          .vpcId(request.text("VpcId"))
                          .cidrBlock(request.text("CidrBlock"))
                          .availabilityZone(request.text("AvailabilityZone"))
                          .build())
                  .subnet()
                  .subnetId();
          return updateSubnet(id, request);
        },
        (current, after) -> updateSubnet(current.physicalId(), after),
        (current, last) ->
            subnets.delete(DeleteSubnetRequest.builder().subnetId(current.physicalId()).build()),
        current -> network.subnets.containsKey(current.physicalId()));
  }

  private PhysicalResource updateSubnet(String id, ResourceRequest request) {
    subnets.modify(
        ModifySubnetAttributeRequest.builder()
            .subnetId(id)
            .mapPublicIpOnLaunch(flag(request, "MapPublicIpOnLaunch"))
            .build());
    retag(id, request);
    Subnet subnet = subnets.require(id);
    return PhysicalResource.of(id)
        .with("SubnetId", id)
        .with("AvailabilityZone", subnet.availabilityZone())
        .with("CidrBlock", subnet.cidrBlock())
        .with("VpcId", subnet.vpcId());
  }

  private ResourceType internetGateway() {
    return new NetworkType(
        "AWS::EC2::InternetGateway",
        Set.of("Tags"),
        Set.of(),
        Set.of(),
        Set.of("InternetGatewayId"),
        request -> {
          String id =
              internetGateways
                  .create(CreateInternetGatewayRequest.builder().build())
                  .internetGateway()
                  .internetGatewayId();
          retag(id, request);
          return PhysicalResource.of(id).with("InternetGatewayId", id);
        },
        (current, after) -> {
          retag(current.physicalId(), after);
          return current;
        },
        (current, last) ->
            internetGateways.delete(
                DeleteInternetGatewayRequest.builder()
                    .internetGatewayId(current.physicalId())
                    .build()),
        current -> network.internetGateways.containsKey(current.physicalId()));
  }

  private ResourceType gatewayAttachment() {
    return new NetworkType(
        "AWS::EC2::VPCGatewayAttachment",
        Set.of("VpcId", "InternetGatewayId"),
        Set.of("VpcId", "InternetGatewayId"),
        Set.of("VpcId", "InternetGatewayId"),
        Set.of("AttachmentType"),
        request -> {
          internetGateways.attach(
              AttachInternetGatewayRequest.builder()
                  .vpcId(request.text("VpcId"))
                  .internetGatewayId(request.text("InternetGatewayId"))
                  .build());
          return PhysicalResource.of("IGW|" + request.text("VpcId")).with("AttachmentType", "IGW");
        },
        (current, after) -> current,
        (current, last) ->
            internetGateways.detach(
                DetachInternetGatewayRequest.builder()
                    .vpcId(last.text("VpcId"))
                    .internetGatewayId(last.text("InternetGatewayId"))
                    .build()),
        current ->
            network.internetGateways.values().stream()
                .flatMap(gateway -> gateway.attachments().stream())
                .anyMatch(a -> current.physicalId().equals("IGW|" + a.vpcId())));
  }

  private ResourceType routeTable() {
    return new NetworkType(
        "AWS::EC2::RouteTable",
        Set.of("VpcId", "Tags"),
        Set.of("VpcId"),
        Set.of("VpcId"),
        Set.of("RouteTableId"),
        request -> {
          String id =
              routeTables
                  .create(CreateRouteTableRequest.builder().vpcId(request.text("VpcId")).build())
                  .routeTable()
                  .routeTableId();
          retag(id, request);
          return PhysicalResource.of(id).with("RouteTableId", id);
        },
        (current, after) -> {
          retag(current.physicalId(), after);
          return current;
        },
        (current, last) ->
            routeTables.delete(
                DeleteRouteTableRequest.builder().routeTableId(current.physicalId()).build()),
        current -> network.routeTables.containsKey(current.physicalId()));
  }

  private ResourceType route() {
    return new NetworkType(
        "AWS::EC2::Route",
        Set.of("RouteTableId", "DestinationCidrBlock", "GatewayId"),
        Set.of("RouteTableId", "DestinationCidrBlock", "GatewayId"),
        Set.of("RouteTableId", "DestinationCidrBlock", "GatewayId"),
        Set.of("CidrBlock"),
        request -> {
          routeTables.createRoute(
              CreateRouteRequest.builder()
                  .routeTableId(request.text("RouteTableId"))
                  .destinationCidrBlock(request.text("DestinationCidrBlock"))
                  .gatewayId(request.text("GatewayId"))
                  .build());
          return PhysicalResource.of(
                  request.text("RouteTableId") + "|" + request.text("DestinationCidrBlock"))
              .with("CidrBlock", Objects.requireNonNull(request.text("DestinationCidrBlock")));
        },
        (current, after) -> current,
        (current, last) ->
            routeTables.deleteRoute(
                DeleteRouteRequest.builder()
                    .routeTableId(last.text("RouteTableId"))
                    .destinationCidrBlock(last.text("DestinationCidrBlock"))
                    .build()),
        current ->
            network.routeTables.values().stream()
                .flatMap(
                    table ->
                        table.routes().stream()
                            .map(r -> table.routeTableId() + "|" + r.destinationCidrBlock()))
                .anyMatch(current.physicalId()::equals));
  }

  private ResourceType subnetRouteTableAssociation() {
    return new NetworkType(
        "AWS::EC2::SubnetRouteTableAssociation",
        Set.of("SubnetId", "RouteTableId"),
        Set.of("SubnetId", "RouteTableId"),
        Set.of("SubnetId", "RouteTableId"),
        Set.of("Id"),
        request -> {
          String id =
              routeTables
                  .associate(
                      AssociateRouteTableRequest.builder()
                          .subnetId(request.text("SubnetId"))
                          .routeTableId(request.text("RouteTableId"))
                          .build())
                  .associationId();
          return PhysicalResource.of(id).with("Id", id);
        },
        (current, after) -> current,
        (current, last) ->
            routeTables.disassociate(
                DisassociateRouteTableRequest.builder()
                    .associationId(current.physicalId())
                    .build()),
        current ->
            network.routeTables.values().stream()
                .map(RouteTable::associations)
                .flatMap(List::stream)
                .anyMatch(a -> a.routeTableAssociationId().equals(current.physicalId())));
  }

  private ResourceType securityGroup() {
    return new NetworkType(
        "AWS::EC2::SecurityGroup",
        Set.of(
            "GroupName",
            "GroupDescription",
            "VpcId",
            "SecurityGroupIngress",
            "SecurityGroupEgress",
            "Tags"),
        Set.of("GroupDescription", "VpcId"),
        Set.of("GroupName", "GroupDescription", "VpcId"),
        Set.of("GroupId", "Id", "VpcId"),
        request -> {
          String id =
              securityGroups
                  .create(
                      CreateSecurityGroupRequest.builder()
                          .groupName(request.nameOr("GroupName", 255))
                          .description(request.text("GroupDescription"))
                          .vpcId(request.text("VpcId"))
                          .build())
                  .groupId();
          return updateSecurityGroup(id, request);
        },
        (current, after) -> updateSecurityGroup(current.physicalId(), after),
        (current, last) ->
            securityGroups.delete(
                DeleteSecurityGroupRequest.builder().groupId(current.physicalId()).build()),
        current -> network.securityGroups.containsKey(current.physicalId()));
  }

  private PhysicalResource updateSecurityGroup(String id, ResourceRequest request) {
    securityGroups.set(
        id,
        rules(request.properties().path("SecurityGroupIngress")),
        rules(request.properties().path("SecurityGroupEgress")));
    retag(id, request);
    return PhysicalResource.of(id)
        .with("GroupId", id)
        .with("Id", id)
        .with("VpcId", Objects.requireNonNull(request.text("VpcId")));
  }

  private static List<IpPermission> rules(JsonNode list) {
    List<IpPermission> rules = new ArrayList<>();
    list.forEach(rule -> rules.add(rule((ObjectNode) rule)));
    return rules;
  }

  private static final Set<String> RULE_PROPERTIES =
      Set.of("IpProtocol", "FromPort", "ToPort", "CidrIp", "Description", "SourceSecurityGroupId");

  private static IpPermission rule(ObjectNode rule) {
    rule.fieldNames()
        .forEachRemaining(
            name -> {
              if (!RULE_PROPERTIES.contains(name)) {
                throw AwsError.notImplemented("the security group rule property " + name);
              }
            });
    IpPermission.Builder permission =
        IpPermission.builder().ipProtocol(rule.path("IpProtocol").asText("-1"));
    if (rule.has("FromPort")) {
      permission.fromPort(rule.path("FromPort").asInt()).toPort(rule.path("ToPort").asInt());
    }
    String description = rule.has("Description") ? rule.path("Description").asText() : null;
    if (rule.has("CidrIp")) {
      permission.ipRanges(
          IpRange.builder().cidrIp(rule.path("CidrIp").asText()).description(description).build());
    }
    if (rule.has("SourceSecurityGroupId")) {
      permission.userIdGroupPairs(
          UserIdGroupPair.builder()
              .groupId(rule.path("SourceSecurityGroupId").asText())
              .description(description)
              .build());
    }
    return permission.build();
  }

  private void retag(String id, ResourceRequest request) {
    List<Tag> all = new ArrayList<>();
    request.tags().forEach((key, value) -> all.add(Tag.builder().key(key).value(value).build()));
    tags.retag(id, old -> Network.merged(List.of(), all));
  }

  private static AttributeBooleanValue flag(ResourceRequest request, String property) {
    return AttributeBooleanValue.builder()
        .value(Boolean.parseBoolean(request.text(property)))
        .build();
  }
}
