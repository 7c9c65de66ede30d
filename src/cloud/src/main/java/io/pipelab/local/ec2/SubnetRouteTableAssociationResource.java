package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;

/** {@code AWS::EC2::SubnetRouteTableAssociation}. */
final class SubnetRouteTableAssociationResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::SubnetRouteTableAssociation")
          .createOnly("SubnetId", "RouteTableId")
          .required("SubnetId", "RouteTableId")
          .attributes("Id");

  private final RouteTables routeTables;

  SubnetRouteTableAssociationResource(RouteTables routeTables) {
    this.routeTables = routeTables;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    AssociateRouteTableRequest associate =
        AssociateRouteTableRequest.builder()
            .subnetId(request.text("SubnetId"))
            .routeTableId(request.text("RouteTableId"))
            .build();
    String id = routeTables.associate(associate).associationId();
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            routeTables.disassociate(
                DisassociateRouteTableRequest.builder()
                    .associationId(current.physicalId())
                    .build()));
  }
}
