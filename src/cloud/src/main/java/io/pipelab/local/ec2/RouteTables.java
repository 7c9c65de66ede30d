package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Route tables, their routes and their associations with subnets. */
final class RouteTables {
  private static final Filters<RouteTable> FILTERS =
      new Filters<>(
          Map.of(
              "route-table-id", table -> List.of(table.routeTableId()),
              "vpc-id", table -> List.of(table.vpcId()),
              "association.main", table -> List.of(String.valueOf(isMain(table))),
              "association.route-table-association-id",
                  table ->
                      table.associations().stream()
                          .map(RouteTableAssociation::routeTableAssociationId)
                          .toList(),
              "association.subnet-id",
                  table ->
                      table.associations().stream()
                          .map(RouteTableAssociation::subnetId)
                          .filter(Objects::nonNull)
                          .toList()),
          RouteTable::tags);

  private final Network network;
  private final Routes routes;

  RouteTables(Network network, Routes routes) {
    this.network = network;
    this.routes = routes;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRouteTableRequest.class, this::create)
        .on(DescribeRouteTablesRequest.class, this::describe)
        .on(DeleteRouteTableRequest.class, this::delete)
        .on(AssociateRouteTableRequest.class, this::associate)
        .on(DisassociateRouteTableRequest.class, this::disassociate);
  }

  static boolean isMain(RouteTable table) {
    return table.associations().stream().anyMatch(RouteTableAssociation::main);
  }

  static RouteTable withoutSubnet(RouteTable table, String subnetId) {
    return table.toBuilder()
        .associations(
            table.associations().stream().filter(a -> !subnetId.equals(a.subnetId())).toList())
        .build();
  }

  void createMain(Vpc vpc) {
    RouteTable table = newTable(vpc, List.of());
    put(
        table.toBuilder()
            .associations(association(table.routeTableId()).main(true).build())
            .build());
  }

  CreateRouteTableResponse create(CreateRouteTableRequest request) {
    Vpc vpc = Ec2Ids.require(network.vpcs, request.vpcId(), "vpc ID", "InvalidVpcID.NotFound");
    RouteTable table = newTable(vpc, Network.tags(request.tagSpecifications()));
    return CreateRouteTableResponse.builder().routeTable(table).build();
  }

  private RouteTable newTable(Vpc vpc, List<software.amazon.awssdk.services.ec2.model.Tag> tags) {
    RouteTable table =
        RouteTable.builder()
            .routeTableId(Ec2Ids.next("rtb"))
            .vpcId(vpc.vpcId())
            .ownerId(network.identity.account())
            .associations(List.of())
            .routes(
                Route.builder()
                    .destinationCidrBlock(vpc.cidrBlock())
                    .gatewayId("local")
                    .origin("CreateRouteTable")
                    .state("active")
                    .build())
            .tags(tags)
            .build();
    put(table);
    return table;
  }

  private DescribeRouteTablesResponse describe(DescribeRouteTablesRequest request) {
    List<String> ids = request.routeTableIds();
    ids.forEach(this::require);
    Listing<RouteTable> page =
        Listing.of(
            FILTERS.select(network.routeTables.values(), request.filters()).stream()
                .filter(table -> ids.isEmpty() || ids.contains(table.routeTableId()))
                .toList(),
            RouteTable::routeTableId,
            request.maxResults(),
            request.nextToken());
    return DescribeRouteTablesResponse.builder()
        .routeTables(page.items().stream().map(routes::shown).toList())
        .nextToken(page.next())
        .build();
  }

  DeleteRouteTableResponse delete(DeleteRouteTableRequest request) {
    synchronized (network) {
      RouteTable table = require(request.routeTableId());
      boolean led =
          network.endpoints.values().stream()
              .anyMatch(each -> each.routeTableIds().contains(table.routeTableId()));
      if (led || !table.associations().isEmpty()) {
        throw AwsError.badRequest(
            "DependencyViolation",
            "The routeTable '"
                + request.routeTableId()
                + "' has dependencies and cannot be deleted.");
      }
      network.routeTables.remove(request.routeTableId());
    }
    return DeleteRouteTableResponse.builder().build();
  }

  AssociateRouteTableResponse associate(AssociateRouteTableRequest request) {
    synchronized (network) {
      RouteTable table = require(request.routeTableId());
      Ec2Ids.require(network.subnets, request.subnetId(), "subnet ID", "InvalidSubnetID.NotFound");
      requireNone(request.subnetId());
      RouteTableAssociation association =
          association(table.routeTableId()).main(false).subnetId(request.subnetId()).build();
      List<RouteTableAssociation> all = new ArrayList<>(table.associations());
      all.add(association);
      put(table.toBuilder().associations(all).build());
      return AssociateRouteTableResponse.builder()
          .associationId(association.routeTableAssociationId())
          .associationState(association.associationState())
          .build();
    }
  }

  /** A subnet has one table. */
  private void requireNone(String subnetId) {
    boolean taken =
        network.routeTables.values().stream()
            .flatMap(table -> table.associations().stream())
            .anyMatch(each -> subnetId.equals(each.subnetId()));
    if (taken) {
      throw AwsError.badRequest(
          "Resource.AlreadyAssociated",
          "the specified association for route table conflicts with an existing association");
    }
  }

  DisassociateRouteTableResponse disassociate(DisassociateRouteTableRequest request) {
    synchronized (network) {
      for (RouteTable table : List.copyOf(network.routeTables.values())) {
        List<RouteTableAssociation> rest =
            table.associations().stream()
                .filter(a -> !a.routeTableAssociationId().equals(request.associationId()))
                .toList();
        if (rest.size() < table.associations().size()) {
          put(table.toBuilder().associations(rest).build());
          return DisassociateRouteTableResponse.builder().build();
        }
      }
    }
    throw AwsError.badRequest(
        "InvalidAssociationID.NotFound",
        "The association ID '" + request.associationId() + "' does not exist");
  }

  private static RouteTableAssociation.Builder association(String routeTableId) {
    return RouteTableAssociation.builder()
        .routeTableAssociationId(Ec2Ids.next("rtbassoc"))
        .routeTableId(routeTableId)
        .associationState(s -> s.state("associated"));
  }

  private void put(RouteTable table) {
    network.routeTables.put(table.routeTableId(), table);
  }

  private RouteTable require(String id) {
    return Ec2Ids.require(network.routeTables, id, "routeTable ID", "InvalidRouteTableID.NotFound");
  }
}
