package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;

/** {@code AWS::EC2::Route} to an internet gateway or a NAT gateway. */
final class RouteResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::Route")
          .createOnly("RouteTableId", "DestinationCidrBlock")
          .properties("GatewayId", "NatGatewayId")
          .required("RouteTableId", "DestinationCidrBlock")
          .attributes("CidrBlock");

  private final Routes routes;

  RouteResource(Routes routes) {
    this.routes = routes;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    routes.create(
        CreateRouteRequest.builder()
            .routeTableId(request.text("RouteTableId"))
            .destinationCidrBlock(request.text("DestinationCidrBlock"))
            .gatewayId(request.text("GatewayId"))
            .natGatewayId(request.text("NatGatewayId"))
            .build());
    String destination = Objects.requireNonNull(request.text("DestinationCidrBlock"));
    return PhysicalResource.of(request.text("RouteTableId") + "|" + destination)
        .with("CidrBlock", destination);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    routes.replace(
        ReplaceRouteRequest.builder()
            .routeTableId(after.text("RouteTableId"))
            .destinationCidrBlock(after.text("DestinationCidrBlock"))
            .gatewayId(after.text("GatewayId"))
            .natGatewayId(after.text("NatGatewayId"))
            .build());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            routes.delete(
                DeleteRouteRequest.builder()
                    .routeTableId(last.text("RouteTableId"))
                    .destinationCidrBlock(last.text("DestinationCidrBlock"))
                    .build()));
  }
}
