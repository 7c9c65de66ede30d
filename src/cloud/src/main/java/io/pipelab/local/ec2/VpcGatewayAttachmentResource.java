package io.pipelab.local.ec2;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;

/** {@code AWS::EC2::VPCGatewayAttachment} of internet gateways. */
final class VpcGatewayAttachmentResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::VPCGatewayAttachment")
          .createOnly("VpcId")
          .properties("InternetGatewayId")
          .required("VpcId", "InternetGatewayId")
          .attributes("AttachmentType");

  private final InternetGateways gateways;
  private final Interfaces interfaces;

  VpcGatewayAttachmentResource(InternetGateways gateways, Interfaces interfaces) {
    this.interfaces = interfaces;
    this.gateways = gateways;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    attach(request);
    return PhysicalResource.of("IGW|" + request.text("VpcId")).with("AttachmentType", "IGW");
  }

  private void attach(ResourceRequest request) {
    gateways.attach(
        AttachInternetGatewayRequest.builder()
            .vpcId(request.text("VpcId"))
            .internetGatewayId(request.text("InternetGatewayId"))
            .build());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    delete(current, before);
    attach(after);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String gateway = String.valueOf(last.text("InternetGatewayId"));
    String vpc = String.valueOf(last.text("VpcId"));
    interfaces.awaitNoneOpen(vpc);
    if (gateways.isAttached(gateway, vpc)) {
      Absent.isFine(
          () ->
              gateways.detach(
                  DetachInternetGatewayRequest.builder()
                      .vpcId(vpc)
                      .internetGatewayId(gateway)
                      .build()));
    }
  }
}
