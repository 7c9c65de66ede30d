package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** EC2 of the embedded cloud: VPCs and what belongs to them; there are no instances. */
public final class Ec2 implements AwsService {
  private final Network network;
  private final Vpcs vpcs;
  private final Subnets subnets;
  private final InternetGateways internetGateways;
  private final RouteTables routeTables;
  private final SecurityGroups securityGroups;
  private final ResourceTags tags;

  public Ec2(CloudIdentity identity) {
    network = new Network(identity);
    routeTables = new RouteTables(network);
    securityGroups = new SecurityGroups(network);
    vpcs = new Vpcs(network, routeTables, securityGroups);
    subnets = new Subnets(network);
    internetGateways = new InternetGateways(network);
    tags = new ResourceTags(network);
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
    securityGroups.addTo(actions);
    tags.addTo(actions);
    return actions
        .on(DescribeAvailabilityZonesRequest.class, request -> describeZones())
        .on(DescribeRegionsRequest.class, request -> describeRegions());
  }

  /** Where others may place what they run. */
  public VpcNetwork vpcNetwork() {
    return network;
  }

  /** AWS::EC2 types of a VPC. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new VpcResource(network, vpcs, tags),
        new SubnetResource(subnets, tags),
        new InternetGatewayResource(internetGateways, tags),
        new VpcGatewayAttachmentResource(internetGateways),
        new RouteTableResource(routeTables, tags),
        new RouteResource(routeTables),
        new SubnetRouteTableAssociationResource(routeTables),
        new SecurityGroupResource(securityGroups, tags));
  }

  private DescribeAvailabilityZonesResponse describeZones() {
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(
            network.zones().stream()
                .map(
                    zone ->
                        AvailabilityZone.builder()
                            .zoneName(zone)
                            .zoneId("pl1-az" + (network.zones().indexOf(zone) + 1))
                            .regionName(network.identity.region())
                            .state("available")
                            .zoneType("availability-zone")
                            .optInStatus("opt-in-not-required")
                            .build())
                .toList())
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
