package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;

class NetworkTest {
  private final Network network =
      new Network(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
          new ManualClock());
  private final Interfaces interfaces = new Interfaces(network, new Addressing(network));
  private final SecurityGroups groups = new SecurityGroups(network, interfaces);
  private final Routes routes = new Routes(network);
  private final Vpcs vpcs = new Vpcs(network, new RouteTables(network, routes), groups);
  private final Subnets subnets = new Subnets(network, interfaces);

  @Test
  void aVpcComesWithAMainRouteTableAndADefaultGroup() {
    String id = vpc("10.0.0.0/16");
    assertTrue(network.routeTables.values().stream().allMatch(RouteTables::isMain));
    assertEquals(
        List.of("default"),
        network.securityGroups.values().stream()
            .filter(group -> group.vpcId().equals(id))
            .map(group -> group.groupName())
            .toList());
  }

  @Test
  void aVpcWithASubnetInItCannotGo() {
    String id = vpc("10.0.0.0/16");
    String subnet = subnet(id, "10.0.1.0/24");
    DeleteVpcRequest delete = DeleteVpcRequest.builder().vpcId(id).build();
    assertRefused("DependencyViolation", () -> vpcs.delete(delete));
    subnets.delete(DeleteSubnetRequest.builder().subnetId(subnet).build());
    vpcs.delete(delete);
    assertTrue(network.routeTables.isEmpty() && network.securityGroups.isEmpty());
  }

  @Test
  void subnetsLieInsideTheirVpcAndApart() {
    String id = vpc("10.0.0.0/16");
    subnet(id, "10.0.1.0/24");
    assertRefused("InvalidSubnet.Range", () -> subnet(id, "10.1.1.0/24"));
    assertRefused("InvalidSubnet.Conflict", () -> subnet(id, "10.0.1.128/25"));
  }

  @Test
  void rulesOfASecurityGroupAreComparedByWhatTheyLetThrough() {
    String id =
        groups
            .create(
                CreateSecurityGroupRequest.builder()
                    .groupName("web")
                    .description("web")
                    .vpcId(vpc("10.0.0.0/16"))
                    .build())
            .groupId();
    // Terraform takes the default away with ports, which mean nothing there.
    IpPermission all = permission("-1", 0, "0.0.0.0/0", null);
    groups.revokeEgress(
        RevokeSecurityGroupEgressRequest.builder().groupId(id).ipPermissions(all).build());
    assertEquals(List.of(), groups.require(id).ipPermissionsEgress());
    ingress(id, permission("tcp", 443, "10.0.0.0/8", "inside"));
    ingress(id, permission("tcp", 443, "192.168.0.0/16", null));
    assertRefused(
        "InvalidPermission.Duplicate",
        () -> ingress(id, permission("tcp", 443, "10.0.0.0/8", "again")));
    IpPermission both = groups.require(id).ipPermissions().get(0);
    assertEquals(1, groups.require(id).ipPermissions().size());
    assertEquals("inside", both.ipRanges().get(0).description());
    groups.revokeIngress(
        RevokeSecurityGroupIngressRequest.builder()
            .groupId(id)
            .ipPermissions(permission("tcp", 443, "10.0.0.0/8", null))
            .build());
    assertEquals(
        List.of("192.168.0.0/16"),
        groups.require(id).ipPermissions().get(0).ipRanges().stream()
            .map(r -> r.cidrIp())
            .toList());
    assertRefused(
        "InvalidPermission.NotFound",
        () ->
            groups.revokeIngress(
                RevokeSecurityGroupIngressRequest.builder()
                    .groupId(id)
                    .ipPermissions(permission("udp", 443, "192.168.0.0/16", null))
                    .build()));
  }

  private void ingress(String groupId, IpPermission permission) {
    groups.authorizeIngress(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(groupId)
            .ipPermissions(permission)
            .build());
  }

  private static IpPermission permission(
      String protocol, int port, String cidr, @Nullable String description) {
    return IpPermission.builder()
        .ipProtocol(protocol)
        .fromPort(port)
        .toPort(port)
        .ipRanges(r -> r.cidrIp(cidr).description(description))
        .build();
  }

  @Test
  void aRouteAndAnAttachmentGoToAnotherGatewayInPlace() {
    String vpc = vpc("10.0.0.0/16");
    InternetGateways gateways = new InternetGateways(network);
    String one = gateway(gateways);
    String two = gateway(gateways);
    VpcGatewayAttachmentResource attachment =
        new VpcGatewayAttachmentResource(gateways, interfaces);
    ResourceRequest attached = request(Map.of("VpcId", vpc, "InternetGatewayId", one));
    ResourceRequest moved = request(Map.of("VpcId", vpc, "InternetGatewayId", two));
    PhysicalResource made = attachment.create(attached);

    String table = network.routeTables.keySet().iterator().next();
    Map<String, String> route = Map.of("RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0");
    RouteResource type = new RouteResource(routes);
    ResourceRequest before = request(with(route, "GatewayId", one));
    PhysicalResource routed = type.create(before);
    assertEquals(List.of("local", one), targets(table));
    ResourceRequest after = request(with(route, "GatewayId", two));
    assertRefused("InvalidParameterValue", () -> type.update(routed, before, after));

    assertEquals(made, attachment.update(made, attached, moved));
    assertTrue(gateways.isAttached(two, vpc) && !gateways.isAttached(one, vpc));
    assertEquals(
        "blackhole", routes.shown(network.routeTables.get(table)).routes().get(1).stateAsString());
    assertEquals(routed, type.update(routed, before, after));
    assertEquals(List.of("local", two), targets(table));
    ResourceRequest missing = request(with(route, "GatewayId", "igw-0"));
    assertRefused("InvalidInternetGatewayID.NotFound", () -> type.update(routed, after, missing));
    assertEquals(List.of("local", two), targets(table));
    type.delete(routed, after);
    type.delete(routed, after);
    attachment.delete(made, moved);
    attachment.delete(made, moved);
    assertEquals(List.of("local"), targets(table));
    assertRefused("InvalidParameterValue", () -> type.update(routed, after, before));
  }

  private static String gateway(InternetGateways gateways) {
    return gateways
        .create(CreateInternetGatewayRequest.builder().build())
        .internetGateway()
        .internetGatewayId();
  }

  private List<String> targets(String table) {
    return network.routeTables.get(table).routes().stream().map(Route::gatewayId).toList();
  }

  private static Map<String, String> with(Map<String, String> some, String key, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(key, value);
    return all;
  }

  private static ResourceRequest request(Map<String, String> properties) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    properties.forEach(node::put);
    return new ResourceRequest("id", "stack", "Logical", node, Map.of(), "X1");
  }

  @Test
  void aGroupNameIsTakenOnceInAVpc() {
    String id = vpc("10.0.0.0/16");
    CreateSecurityGroupRequest create =
        CreateSecurityGroupRequest.builder().groupName("g").description("d").vpcId(id).build();
    groups.create(create);
    assertRefused("InvalidGroup.Duplicate", () -> groups.create(create));
  }

  @Test
  void blocksAreReadAndCompared() {
    assertEquals("10.1.0.0/16", Cidr.parse("10.1.2.3/16").toString());
    assertEquals(16, Cidr.parse("10.0.0.0/28").size());
    assertTrue(Cidr.parse("0.0.0.0/0").contains(Cidr.parse("192.168.0.0/16")));
    assertRefused("InvalidParameterValue", () -> Cidr.parse("10.0.0.0"));
    assertRefused("InvalidVpc.Range", () -> vpc("10.0.0.0/8"));
  }

  @Test
  void filtersTakeWildcardsAndRefuseUnknownNames() {
    Vpc one =
        Vpc.builder()
            .vpcId("vpc-1")
            .tags(Tag.builder().key("Name").value("lab one").build())
            .build();
    Filters<Vpc> filters = new Filters<>(Map.of("vpc-id", v -> List.of(v.vpcId())), Vpc::tags);
    assertEquals(1, filters.select(List.of(one), List.of(filter("tag:Name", "lab*"))).size());
    assertEquals(0, filters.select(List.of(one), List.of(filter("vpc-id", "vpc-?x"))).size());
    assertRefused(
        "NotImplemented", () -> filters.select(List.of(one), List.of(filter("colour", "red"))));
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private String vpc(String cidr) {
    return vpcs.create(CreateVpcRequest.builder().cidrBlock(cidr).build()).vpc().vpcId();
  }

  private String subnet(String vpc, String cidr) {
    return subnets
        .create(CreateSubnetRequest.builder().vpcId(vpc).cidrBlock(cidr).build())
        .subnet()
        .subnetId();
  }

  private static void assertRefused(String code, Runnable action) {
    assertEquals(code, assertThrows(AwsError.class, action::run).code());
  }
}
