package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * The region's VPC resources, in the SDK's own immutable models. Changes hold the network's lock,
 * because EC2's rules span resources: a VPC with a subnet in it cannot go.
 */
final class Network implements VpcNetwork {
  final CloudIdentity identity;
  final CloudClock clock;
  final Map<String, Vpc> vpcs = new ConcurrentHashMap<>();
  final Map<String, VpcDns> vpcDns = new ConcurrentHashMap<>();
  final Map<String, Subnet> subnets = new ConcurrentHashMap<>();
  final Map<String, InternetGateway> internetGateways = new ConcurrentHashMap<>();
  final Map<String, RouteTable> routeTables = new ConcurrentHashMap<>();
  final Map<String, SecurityGroup> securityGroups = new ConcurrentHashMap<>();
  final Map<String, NetworkInterface> interfaces = new ConcurrentHashMap<>();
  final Map<String, VpcEndpoint> endpoints = new ConcurrentHashMap<>();
  final Map<String, NatGateway> natGateways = new ConcurrentHashMap<>();
  final Map<String, Address> addresses = new ConcurrentHashMap<>();

  /** A VPC's DNS attributes. */
  record VpcDns(boolean support, boolean hostnames) {}

  Network(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /** The zones of the region: a, b and c. */
  List<String> zones() {
    return List.of(identity.region() + "a", identity.region() + "b", identity.region() + "c");
  }

  @Override
  public Optional<VpcNetwork.Placement> subnet(String subnetId) {
    return Optional.ofNullable(subnets.get(subnetId)).map(Network::placement);
  }

  private static VpcNetwork.Placement placement(Subnet subnet) {
    return new VpcNetwork.Placement(
        subnet.subnetId(), subnet.vpcId(), subnet.availabilityZone(), subnet.cidrBlock());
  }

  @Override
  public Optional<String> vpcOfSecurityGroup(String groupId) {
    return Optional.ofNullable(securityGroups.get(groupId)).map(SecurityGroup::vpcId);
  }

  @Override
  public Optional<String> defaultSecurityGroup(String vpcId) {
    return securityGroups.values().stream()
        .filter(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .map(SecurityGroup::groupId)
        .findFirst();
  }

  /**
   * The VPC of those who name none.
   *
   * @throws AwsError VPCIdNotSpecified when it was deleted
   */
  String defaultVpc() {
    return vpcs.values().stream()
        .filter(Vpc::isDefault)
        .map(Vpc::vpcId)
        .findFirst()
        .orElseThrow(
            () -> AwsError.badRequest("VPCIdNotSpecified", "No default VPC for this user."));
  }

  @Override
  public List<VpcNetwork.Placement> defaultSubnets() {
    return subnets.values().stream()
        .filter(Subnet::defaultForAz)
        .sorted(Comparator.comparing(Subnet::availabilityZone))
        .map(Network::placement)
        .toList();
  }

  /** The table by which a subnet's packets go: its own, or the VPC's main one. */
  RouteTable routeTableOf(Subnet subnet) {
    RouteTable main = null;
    for (RouteTable table : routeTables.values()) {
      boolean own =
          table.associations().stream().anyMatch(a -> subnet.subnetId().equals(a.subnetId()));
      if (own) {
        return table;
      }
      if (table.vpcId().equals(subnet.vpcId()) && RouteTables.isMain(table)) {
        main = table;
      }
    }
    return Objects.requireNonNull(main, "a VPC has a main route table");
  }

  /** The tags that a request gives to resources of one type. */
  static List<Tag> tags(@Nullable Collection<TagSpecification> specifications) {
    List<Tag> tags = new ArrayList<>();
    if (specifications != null) {
      specifications.forEach(specification -> tags.addAll(specification.tags()));
    }
    return tags;
  }

  /** Tags with more tags over them. */
  static List<Tag> merged(List<Tag> old, Collection<Tag> more) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    old.forEach(tag -> byKey.put(tag.key(), tag));
    more.forEach(tag -> byKey.put(tag.key(), tag));
    return List.copyOf(byKey.values());
  }
}
