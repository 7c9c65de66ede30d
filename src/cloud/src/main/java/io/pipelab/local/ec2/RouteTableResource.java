package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;

/** {@code AWS::EC2::RouteTable}. */
final class RouteTableResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::RouteTable")
          .createOnly("VpcId")
          .properties("Tags")
          .required("VpcId")
          .attributes("RouteTableId");

  private final RouteTables routeTables;
  private final ResourceTags tags;

  RouteTableResource(RouteTables routeTables, ResourceTags tags) {
    this.routeTables = routeTables;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateRouteTableRequest create =
        CreateRouteTableRequest.builder().vpcId(request.text("VpcId")).build();
    String id = routeTables.create(create).routeTable().routeTableId();
    tags.set(id, request.tags());
    return PhysicalResource.of(id).with("RouteTableId", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    tags.set(current.physicalId(), after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            routeTables.delete(
                DeleteRouteTableRequest.builder().routeTableId(current.physicalId()).build()));
  }
}
