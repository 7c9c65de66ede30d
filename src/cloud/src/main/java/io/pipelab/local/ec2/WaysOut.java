package io.pipelab.local.ec2;

import io.pipelab.local.kernel.NetworkTenants.Site;
import io.pipelab.local.kernel.ServiceRoutes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * By which way what is in a VPC reaches AWS's services: private DNS leads to an interface endpoint
 * whatever else there is, a route of the subnet's table to a gateway endpoint, and the rest goes to
 * the internet (AWS PrivateLink guide, "Access AWS services"; VPC guide, "Configure route tables").
 */
final class WaysOut implements ServiceRoutes {
  private static final Way OPEN = new Way.Open();
  private static final Way BLOCKED = new Way.Blocked();
  private static final int HTTPS = 443;

  private final Network network;
  private final Reachability reachability;

  WaysOut(Network network, Reachability reachability) {
    this.network = network;
    this.reachability = reachability;
  }

  @Override
  public Way way(Site from, String service) {
    if (!(from instanceof Site.Vpc inside)) {
      return OPEN;
    }
    Subnet subnet = network.subnets.get(inside.subnetId());
    if (subnet == null) {
      return BLOCKED;
    }
    String name = "com.amazonaws." + network.identity.region() + "." + service;
    Optional<VpcEndpoint> named =
        endpoints(subnet, name).filter(VpcEndpoint::privateDnsEnabled).findFirst();
    if (named.isPresent()) {
      return admits(inside, named.get()) ? through(named.get(), inside) : BLOCKED;
    }
    RouteTable table = network.routeTableOf(subnet);
    Optional<VpcEndpoint> gateway =
        endpoints(subnet, name)
            .filter(each -> each.routeTableIds().contains(table.routeTableId()))
            .findFirst();
    if (gateway.isPresent()) {
      return reachability.letsOut(inside, EndpointServices.prefixList(service), HTTPS)
          ? through(gateway.get(), inside)
          : BLOCKED;
    }
    return reachability.letsOut(inside, null, HTTPS) && leads(table, inside.open())
        ? OPEN
        : BLOCKED;
  }

  private Stream<VpcEndpoint> endpoints(Subnet subnet, String service) {
    return network.endpoints.values().stream()
        .filter(each -> each.vpcId().equals(subnet.vpcId()) && each.serviceName().equals(service));
  }

  private boolean admits(Site.Vpc inside, VpcEndpoint endpoint) {
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    return endpoint.subnetIds().stream()
        .anyMatch(each -> reachability.admits(inside, each, groups, false, HTTPS));
  }

  private static Way through(VpcEndpoint endpoint, Site.Vpc inside) {
    return new Way.ThroughEndpoint(
        endpoint.vpcEndpointId(), endpoint.vpcId(), inside.address(), endpoint.policyDocument());
  }

  /** Whether a table's default route leads to the internet. */
  private boolean leads(RouteTable table, boolean open) {
    Optional<Route> route =
        table.routes().stream()
            .filter(each -> Reachability.ANYWHERE.equals(each.destinationCidrBlock()))
            .findFirst();
    return route.isPresent()
        && (route.get().natGatewayId() == null
            ? open && isAttached(route.get().gatewayId(), table.vpcId())
            : isOut(route.get().natGatewayId()));
  }

  private boolean isAttached(@Nullable String gatewayId, String vpcId) {
    InternetGateway gateway = gatewayId == null ? null : network.internetGateways.get(gatewayId);
    return gateway != null && gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpcId));
  }

  /** Whether a NAT gateway has a public address, in a subnet with a way to the internet. */
  private boolean isOut(String natGatewayId) {
    NatGateway gateway = network.natGateways.get(natGatewayId);
    Subnet subnet = gateway == null ? null : network.subnets.get(gateway.subnetId());
    return gateway != null
        && subnet != null
        && "available".equals(gateway.stateAsString())
        && "public".equals(gateway.connectivityTypeAsString())
        && network.routeTableOf(subnet).routes().stream()
            .filter(each -> Reachability.ANYWHERE.equals(each.destinationCidrBlock()))
            .anyMatch(each -> isAttached(each.gatewayId(), subnet.vpcId()));
  }
}
