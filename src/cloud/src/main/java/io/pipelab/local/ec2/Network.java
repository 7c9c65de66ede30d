package io.pipelab.local.ec2;

import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * The region's VPC resources, in the SDK's own immutable models. Changes hold the network's lock,
 * because EC2's rules span resources: a VPC with a subnet in it cannot go.
 */
final class Network implements VpcNetwork {
  final CloudIdentity identity;
  final Map<String, Vpc> vpcs = new ConcurrentHashMap<>();
  final Map<String, VpcDns> vpcDns = new ConcurrentHashMap<>();
  final Map<String, Subnet> subnets = new ConcurrentHashMap<>();
  final Map<String, InternetGateway> internetGateways = new ConcurrentHashMap<>();
  final Map<String, RouteTable> routeTables = new ConcurrentHashMap<>();
  final Map<String, SecurityGroup> securityGroups = new ConcurrentHashMap<>();

  /** A VPC's DNS attributes. */
  record VpcDns(boolean support, boolean hostnames) {}

  Network(CloudIdentity identity) {
    this.identity = identity;
  }

  /** The zones of the region: a, b and c. */
  List<String> zones() {
    return List.of(identity.region() + "a", identity.region() + "b", identity.region() + "c");
  }

  @Override
  public Optional<VpcNetwork.Placement> subnet(String subnetId) {
    return Optional.ofNullable(subnets.get(subnetId))
        .map(
            subnet ->
                new VpcNetwork.Placement(
                    subnetId, subnet.vpcId(), subnet.availabilityZone(), subnet.cidrBlock()));
  }

  @Override
  public Optional<String> vpcOfSecurityGroup(String groupId) {
    return Optional.ofNullable(securityGroups.get(groupId)).map(SecurityGroup::vpcId);
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
