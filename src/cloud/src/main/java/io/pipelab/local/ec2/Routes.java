package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The routes of route tables: to internet gateways, NAT gateways, and gateway endpoints. */
final class Routes {
  private final Network network;

  Routes(Network network) {
    this.network = network;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRouteRequest.class, this::create)
        .on(ReplaceRouteRequest.class, this::replace)
        .on(DeleteRouteRequest.class, this::delete);
  }

  CreateRouteResponse create(CreateRouteRequest request) {
    synchronized (network) {
      RouteTable table = require(request.routeTableId());
      String destination = Cidr.parse(request.destinationCidrBlock()).toString();
      Route route = route(table, destination, request.gatewayId(), request.natGatewayId());
      if (table.routes().stream().anyMatch(r -> destination.equals(r.destinationCidrBlock()))) {
        throw AwsError.badRequest(
            "RouteAlreadyExists", "The route identified by " + destination + " already exists.");
      }
      List<Route> routes = new ArrayList<>(table.routes());
      routes.add(route);
      put(table, routes);
    }
    return CreateRouteResponse.builder().returnValue(true).build();
  }

  ReplaceRouteResponse replace(ReplaceRouteRequest request) {
    synchronized (network) {
      RouteTable table = require(request.routeTableId());
      String destination = Cidr.parse(request.destinationCidrBlock()).toString();
      Route route = route(table, destination, request.gatewayId(), request.natGatewayId());
      List<Route> routes = new ArrayList<>(table.routes());
      if (!routes.removeIf(r -> destination.equals(r.destinationCidrBlock()))) {
        throw AwsError.badRequest(
            "InvalidParameterValue",
            "There is no route defined for '"
                + destination
                + "' in the route table. Use CreateRoute instead.");
      }
      routes.add(route);
      put(table, routes);
    }
    return ReplaceRouteResponse.builder().build();
  }

  private Route route(
      RouteTable table,
      String destination,
      @Nullable String gatewayId,
      @Nullable String natGatewayId) {
    if (gatewayId == null && natGatewayId == null) {
      throw AwsError.badRequest(
          "MissingParameter",
          "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId,"
              + " vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId,"
              + " localGatewayId, carrierGatewayId, coreNetworkArn or vpcEndpointId");
    }
    if (gatewayId != null && natGatewayId != null) {
      throw AwsError.badRequest(
          "InvalidParameterCombination",
          "The parameters gatewayId and natGatewayId cannot be used together.");
    }
    if (gatewayId != null) {
      requireAttached(gatewayId, table);
    } else if (!network.natGateways.containsKey(Objects.requireNonNull(natGatewayId))) {
      throw AwsError.badRequest(
          "InvalidNatGatewayID.NotFound",
          "The natGateway ID '" + natGatewayId + "' does not exist");
    }
    return Route.builder()
        .destinationCidrBlock(destination)
        .gatewayId(gatewayId)
        .natGatewayId(natGatewayId)
        .origin("CreateRoute")
        .state("active")
        .build();
  }

  private void requireAttached(String gatewayId, RouteTable table) {
    InternetGateway gateway =
        Ec2Ids.require(
            network.internetGateways,
            gatewayId,
            "internetGateway ID",
            "InvalidInternetGatewayID.NotFound");
    if (gateway.attachments().stream().noneMatch(a -> a.vpcId().equals(table.vpcId()))) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "route table "
              + table.routeTableId()
              + " and network gateway "
              + gatewayId
              + " belong to different networks");
    }
  }

  DeleteRouteResponse delete(DeleteRouteRequest request) {
    synchronized (network) {
      RouteTable table = require(request.routeTableId());
      List<Route> rest =
          table.routes().stream()
              .filter(r -> !r.destinationCidrBlock().equals(request.destinationCidrBlock()))
              .toList();
      if (rest.size() == table.routes().size()) {
        throw AwsError.badRequest(
            "InvalidRoute.NotFound",
            "no route with destination-cidr-block "
                + request.destinationCidrBlock()
                + " in route table "
                + request.routeTableId());
      }
      put(table, rest);
    }
    return DeleteRouteResponse.builder().build();
  }

  /**
   * A table as it is described: with the routes to gateway endpoints, and those that lead nowhere
   * any more as black holes.
   */
  RouteTable shown(RouteTable table) {
    List<Route> routes = new ArrayList<>();
    table.routes().forEach(each -> routes.add(isAlive(each, table) ? each : blackhole(each)));
    for (VpcEndpoint endpoint : network.endpoints.values()) {
      if (endpoint.routeTableIds().contains(table.routeTableId())) {
        String name = endpoint.serviceName();
        routes.add(
            Route.builder()
                .destinationPrefixListId(
                    EndpointServices.prefixList(name.substring(name.lastIndexOf('.') + 1)))
                .gatewayId(endpoint.vpcEndpointId())
                .origin("CreateRoute")
                .state("active")
                .build());
      }
    }
    return table.toBuilder().routes(routes).build();
  }

  private boolean isAlive(Route route, RouteTable table) {
    if (route.natGatewayId() != null) {
      return network.natGateways.containsKey(route.natGatewayId());
    }
    if (route.gatewayId().equals("local")) {
      return true;
    }
    InternetGateway gateway = network.internetGateways.get(route.gatewayId());
    return gateway != null
        && gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(table.vpcId()));
  }

  private static Route blackhole(Route route) {
    return route.toBuilder().state("blackhole").build();
  }

  private void put(RouteTable table, List<Route> routes) {
    network.routeTables.put(table.routeTableId(), table.toBuilder().routes(routes).build());
  }

  private RouteTable require(@Nullable String id) {
    return Ec2Ids.require(network.routeTables, id, "routeTable ID", "InvalidRouteTableID.NotFound");
  }
}
