package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * The VPC that every account has from the start: a public subnet in each zone, and an internet
 * gateway (VPC guide, "Default VPCs").
 */
final class DefaultVpc {
  private static final String BLOCK = "172.31.0.0/16";

  /** Of each subnet: 4096 addresses. */
  private static final int SUBNET_PREFIX = 20;

  private final Network network;
  private final Vpcs vpcs;
  private final Subnets subnets;
  private final InternetGateways gateways;
  private final Routes routes;

  DefaultVpc(
      Network network, Vpcs vpcs, Subnets subnets, InternetGateways gateways, Routes routes) {
    this.network = network;
    this.vpcs = vpcs;
    this.subnets = subnets;
    this.gateways = gateways;
    this.routes = routes;
  }

  void addTo(Actions actions) {
    actions.on(
        CreateDefaultVpcRequest.class,
        request -> CreateDefaultVpcResponse.builder().vpc(create()).build());
  }

  /**
   * Makes it, with all that belongs to it.
   *
   * @throws AwsError DefaultVpcAlreadyExists
   */
  Vpc create() {
    synchronized (network) {
      if (network.vpcs.values().stream().anyMatch(Vpc::isDefault)) {
        throw AwsError.badRequest(
            "DefaultVpcAlreadyExists",
            "A Default VPC already exists for this account in this region.");
      }
      Cidr block = Cidr.parse(BLOCK);
      Vpc vpc = vpcs.make(block, true, "default", List.of());
      network.vpcDns.put(vpc.vpcId(), new Network.VpcDns(true, true));
      long size = new Cidr(0, SUBNET_PREFIX).size();
      List<String> zones = network.zones();
      for (int i = 0; i < zones.size(); i++) {
        Cidr own = Cidr.parse(block.address(i * size) + "/" + SUBNET_PREFIX);
        subnets.make(vpc, own, zones.get(i), true, List.of());
      }
      route(vpc);
      return vpc;
    }
  }

  private void route(Vpc vpc) {
    String gateway =
        gateways
            .create(CreateInternetGatewayRequest.builder().build())
            .internetGateway()
            .internetGatewayId();
    gateways.attach(
        AttachInternetGatewayRequest.builder()
            .internetGatewayId(gateway)
            .vpcId(vpc.vpcId())
            .build());
    String table =
        network.routeTables.values().stream()
            .filter(each -> each.vpcId().equals(vpc.vpcId()))
            .map(RouteTable::routeTableId)
            .findFirst()
            .orElseThrow();
    routes.create(
        CreateRouteRequest.builder()
            .routeTableId(table)
            .destinationCidrBlock(Reachability.ANYWHERE)
            .gatewayId(gateway)
            .build());
  }
}
