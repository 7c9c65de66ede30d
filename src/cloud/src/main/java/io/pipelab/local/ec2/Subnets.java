package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Subnets. */
final class Subnets {
  private static final Filters<Subnet> FILTERS =
      new Filters<>(
          Map.of(
              "subnet-id", subnet -> List.of(subnet.subnetId()),
              "vpc-id", subnet -> List.of(subnet.vpcId()),
              "availability-zone", subnet -> List.of(subnet.availabilityZone()),
              "cidr-block", subnet -> List.of(subnet.cidrBlock()),
              "state", subnet -> List.of(subnet.stateAsString()),
              "default-for-az", subnet -> List.of(String.valueOf(subnet.defaultForAz())),
              "map-public-ip-on-launch",
                  subnet -> List.of(String.valueOf(subnet.mapPublicIpOnLaunch()))),
          Subnet::tags);

  private final Network network;
  private final Interfaces interfaces;

  Subnets(Network network, Interfaces interfaces) {
    this.network = network;
    this.interfaces = interfaces;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateSubnetRequest.class, this::create)
        .on(DescribeSubnetsRequest.class, this::describe)
        .on(ModifySubnetAttributeRequest.class, this::modify)
        .on(DeleteSubnetRequest.class, this::delete);
  }

  CreateSubnetResponse create(CreateSubnetRequest request) {
    synchronized (network) {
      Vpc vpc = Ec2Ids.require(network.vpcs, request.vpcId(), "vpc ID", "InvalidVpcID.NotFound");
      Cidr cidr = Cidr.parse(request.cidrBlock()).requireVpcSize("Subnet");
      checkRoom(vpc, cidr);
      String zone = zone(request.availabilityZone());
      List<Tag> tags = Network.tags(request.tagSpecifications());
      return CreateSubnetResponse.builder().subnet(make(vpc, cidr, zone, false, tags)).build();
    }
  }

  /**
   * Makes a subnet.
   *
   * @param isDefault whether it is its zone's default subnet, whose tenants get public addresses
   */
  Subnet make(Vpc vpc, Cidr cidr, String zone, boolean isDefault, List<Tag> tags) {
    String id = Ec2Ids.next("subnet");
    Subnet subnet =
        Subnet.builder()
            .subnetId(id)
            .subnetArn(network.identity.arn("ec2", "subnet/" + id))
            .vpcId(vpc.vpcId())
            .cidrBlock(cidr.toString())
            .availabilityZone(zone)
            .availabilityZoneId(zoneId(zone))
            .availableIpAddressCount((int) cidr.size() - Addressing.RESERVED)
            .state("available")
            .defaultForAz(isDefault)
            .mapPublicIpOnLaunch(isDefault)
            .assignIpv6AddressOnCreation(false)
            .ownerId(network.identity.account())
            .tags(tags)
            .build();
    network.subnets.put(id, subnet);
    return subnet;
  }

  private void checkRoom(Vpc vpc, Cidr cidr) {
    if (!Cidr.parse(vpc.cidrBlock()).contains(cidr)) {
      throw AwsError.badRequest("InvalidSubnet.Range", "The CIDR '" + cidr + "' is invalid.");
    }
    boolean taken =
        network.subnets.values().stream()
            .filter(other -> other.vpcId().equals(vpc.vpcId()))
            .anyMatch(other -> Cidr.parse(other.cidrBlock()).overlaps(cidr));
    if (taken) {
      throw AwsError.badRequest(
          "InvalidSubnet.Conflict", "The CIDR '" + cidr + "' conflicts with another subnet");
    }
  }

  private String zone(@Nullable String asked) {
    List<String> zones = network.zones();
    String zone = asked == null ? zones.get(0) : asked;
    if (!zones.contains(zone)) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "Value ("
              + zone
              + ") for parameter availabilityZone is invalid. Subnets can currently only be created"
              + " in the following availability zones: "
              + String.join(", ", zones)
              + ".");
    }
    return zone;
  }

  private String zoneId(String zone) {
    return "pl1-az" + (network.zones().indexOf(zone) + 1);
  }

  private DescribeSubnetsResponse describe(DescribeSubnetsRequest request) {
    request.subnetIds().forEach(this::require);
    List<Subnet> subnets =
        FILTERS.select(network.subnets.values(), request.filters()).stream()
            .filter(
                s -> request.subnetIds().isEmpty() || request.subnetIds().contains(s.subnetId()))
            .toList();
    Listing<Subnet> page =
        Listing.of(subnets, Subnet::subnetId, request.maxResults(), request.nextToken());
    return DescribeSubnetsResponse.builder().subnets(page.items()).nextToken(page.next()).build();
  }

  ModifySubnetAttributeResponse modify(ModifySubnetAttributeRequest request) {
    require(request.subnetId());
    if (request.mapPublicIpOnLaunch() == null) {
      throw AwsError.notImplemented(
          "ec2:ModifySubnetAttribute for any attribute but MapPublicIpOnLaunch");
    }
    network.subnets.computeIfPresent(
        request.subnetId(),
        (id, subnet) ->
            subnet.toBuilder().mapPublicIpOnLaunch(request.mapPublicIpOnLaunch().value()).build());
    return ModifySubnetAttributeResponse.builder().build();
  }

  DeleteSubnetResponse delete(DeleteSubnetRequest request) {
    synchronized (network) {
      require(request.subnetId());
      interfaces.requireUnusedSubnet(request.subnetId());
      network.subnets.remove(request.subnetId());
      network.routeTables.replaceAll(
          (id, table) -> RouteTables.withoutSubnet(table, request.subnetId()));
    }
    return DeleteSubnetResponse.builder().build();
  }

  Subnet require(String subnetId) {
    return Ec2Ids.require(network.subnets, subnetId, "subnet ID", "InvalidSubnetID.NotFound");
  }
}
