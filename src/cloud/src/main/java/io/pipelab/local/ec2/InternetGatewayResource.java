package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;

/** {@code AWS::EC2::InternetGateway}. */
final class InternetGatewayResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::InternetGateway").properties("Tags").attributes("InternetGatewayId");

  private final InternetGateways gateways;
  private final ResourceTags tags;

  InternetGatewayResource(InternetGateways gateways, ResourceTags tags) {
    this.gateways = gateways;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String id =
        gateways
            .create(CreateInternetGatewayRequest.builder().build())
            .internetGateway()
            .internetGatewayId();
    tags.set(id, request.tags());
    return PhysicalResource.of(id).with("InternetGatewayId", id);
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
            gateways.delete(
                DeleteInternetGatewayRequest.builder()
                    .internetGatewayId(current.physicalId())
                    .build()));
  }
}
