package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.PacketFilter;
import io.pipelab.local.kernel.ServiceRoutes;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** EC2 of the embedded cloud: VPCs and what belongs to them; there are no instances. */
public final class Ec2 implements AwsService {
  private static final Filters<AvailabilityZone> ZONES =
      new Filters<>(
          Map.of(
              "group-name", zone -> List.of(zone.groupName()),
              "opt-in-status", zone -> List.of(zone.optInStatusAsString()),
              "region-name", zone -> List.of(zone.regionName()),
              "state", zone -> List.of(zone.stateAsString()),
              "zone-id", zone -> List.of(zone.zoneId()),
              "zone-name", zone -> List.of(zone.zoneName()),
              "zone-type", zone -> List.of(zone.zoneType())),
          zone -> List.of());

  private final Network network;
  private final Interfaces interfaces;
  private final Vpcs vpcs;
  private final Subnets subnets;
  private final InternetGateways internetGateways;
  private final Routes routes;
  private final RouteTables routeTables;
  private final EndpointServices endpointServices;
  private final Endpoints endpoints;
  private final ElasticAddresses addresses;
  private final NatGateways natGateways;
  private final SecurityGroups securityGroups;
  private final ResourceTags tags;
  private final DefaultVpc defaultVpc;

  public Ec2(CloudIdentity identity, CloudClock clock) {
    network = new Network(identity, clock);
    Addressing addressing = new Addressing(network);
    interfaces = new Interfaces(network, addressing);
    endpointServices = new EndpointServices(network);
    endpoints = new Endpoints(network, interfaces, endpointServices);
    addresses = new ElasticAddresses(network, addressing);
    natGateways = new NatGateways(network, interfaces, addresses);
    routes = new Routes(network);
    routeTables = new RouteTables(network, routes);
    securityGroups = new SecurityGroups(network, interfaces);
    vpcs = new Vpcs(network, routeTables, securityGroups);
    subnets = new Subnets(network, interfaces);
    internetGateways = new InternetGateways(network);
    tags = new ResourceTags(network);
    defaultVpc = new DefaultVpc(network, vpcs, subnets, internetGateways, routes);
    defaultVpc.create();
  }

  @Override
  public String signingName() {
    return "ec2";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    vpcs.addTo(actions);
    subnets.addTo(actions);
    internetGateways.addTo(actions);
    routeTables.addTo(actions);
    routes.addTo(actions);
    endpointServices.addTo(actions);
    new EndpointActions(network, endpoints).addTo(actions);
    addresses.addTo(actions);
    natGateways.addTo(actions);
    new SecurityRuleActions(network).addTo(actions);
    securityGroups.addTo(actions);
    tags.addTo(actions);
    defaultVpc.addTo(actions);
    new InterfaceActions(network).addTo(actions);
    return DryRuns.over(
        actions
            .on(DescribeAvailabilityZonesRequest.class, this::describeZones)
            .on(DescribeRegionsRequest.class, request -> describeRegions()));
  }

  /** Where others may place what they run. */
  public VpcNetwork vpcNetwork() {
    return network;
  }

  /** What others hold of subnets and security groups. */
  public NetworkInterfaces networkInterfaces() {
    return interfaces;
  }

  /** By which ways what is in VPCs reaches AWS's services. */
  public ServiceRoutes serviceRoutes() {
    return new WaysOut(network, new Reachability(network.securityGroups, network.subnets));
  }

  /** What security groups let through. */
  public PacketFilter packetFilter() {
    return new Reachability(network.securityGroups, network.subnets);
  }

  /** AWS::EC2 types of a VPC. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new VpcResource(network, vpcs, tags),
        new SubnetResource(subnets, interfaces, tags),
        new InternetGatewayResource(internetGateways, tags),
        new VpcGatewayAttachmentResource(internetGateways, interfaces),
        new RouteTableResource(routeTables, tags),
        new RouteResource(routes),
        new SubnetRouteTableAssociationResource(routeTables),
        new SecurityGroupResource(securityGroups, interfaces, tags),
        new VpcEndpointResource(endpoints, tags),
        new EipResource(addresses, tags),
        new NatGatewayResource(natGateways, tags));
  }

  private DescribeAvailabilityZonesResponse describeZones(
      DescribeAvailabilityZonesRequest request) {
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(
            ZONES
                .select(network.zones().stream().map(this::zone).toList(), request.filters())
                .stream()
                .filter(zone -> isOneOf(request.zoneNames(), zone.zoneName()))
                .filter(zone -> isOneOf(request.zoneIds(), zone.zoneId()))
                .toList())
        .build();
  }

  private static boolean isOneOf(List<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private AvailabilityZone zone(String name) {
    return AvailabilityZone.builder()
        .zoneName(name)
        .zoneId("pl1-az" + (network.zones().indexOf(name) + 1))
        .regionName(network.identity.region())
        .groupName(network.identity.region() + "-zg-1")
        .networkBorderGroup(network.identity.region())
        .state("available")
        .zoneType("availability-zone")
        .optInStatus("opt-in-not-required")
        .build();
  }

  private DescribeRegionsResponse describeRegions() {
    String region = network.identity.region();
    return DescribeRegionsResponse.builder()
        .regions(
            Region.builder()
                .regionName(region)
                .endpoint("ec2." + region + ".amazonaws.com")
                .optInStatus("opt-in-not-required")
                .build())
        .build();
  }
}
