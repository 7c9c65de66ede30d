package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/** Internet gateways and their attachment to one VPC. */
final class InternetGateways {
  private static final Filters<InternetGateway> FILTERS =
      new Filters<>(
          Map.of(
              "internet-gateway-id", gateway -> List.of(gateway.internetGatewayId()),
              "attachment.vpc-id",
                  gateway ->
                      gateway.attachments().stream()
                          .map(InternetGatewayAttachment::vpcId)
                          .toList()),
          InternetGateway::tags);

  private final Network network;

  InternetGateways(Network network) {
    this.network = network;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateInternetGatewayRequest.class, this::create)
        .on(DescribeInternetGatewaysRequest.class, this::describe)
        .on(AttachInternetGatewayRequest.class, this::attach)
        .on(DetachInternetGatewayRequest.class, this::detach)
        .on(DeleteInternetGatewayRequest.class, this::delete);
  }

  CreateInternetGatewayResponse create(CreateInternetGatewayRequest request) {
    InternetGateway gateway =
        InternetGateway.builder()
            .internetGatewayId(Ec2Ids.next("igw"))
            .ownerId(network.identity.account())
            .attachments(List.of())
            .tags(Network.tags(request.tagSpecifications()))
            .build();
    network.internetGateways.put(gateway.internetGatewayId(), gateway);
    return CreateInternetGatewayResponse.builder().internetGateway(gateway).build();
  }

  private DescribeInternetGatewaysResponse describe(DescribeInternetGatewaysRequest request) {
    List<String> ids = request.internetGatewayIds();
    ids.forEach(this::require);
    Listing<InternetGateway> page =
        Listing.of(
            FILTERS.select(network.internetGateways.values(), request.filters()).stream()
                .filter(g -> ids.isEmpty() || ids.contains(g.internetGatewayId()))
                .toList(),
            InternetGateway::internetGatewayId,
            request.maxResults(),
            request.nextToken());
    return DescribeInternetGatewaysResponse.builder()
        .internetGateways(page.items())
        .nextToken(page.next())
        .build();
  }

  AttachInternetGatewayResponse attach(AttachInternetGatewayRequest request) {
    synchronized (network) {
      InternetGateway gateway = require(request.internetGatewayId());
      Ec2Ids.require(network.vpcs, request.vpcId(), "vpc ID", "InvalidVpcID.NotFound");
      if (!gateway.attachments().isEmpty()) {
        throw AwsError.badRequest(
            "Resource.AlreadyAssociated",
            "resource " + request.internetGatewayId() + " is already attached to network");
      }
      network.internetGateways.put(
          gateway.internetGatewayId(),
          gateway.toBuilder()
              .attachments(
                  InternetGatewayAttachment.builder()
                      .vpcId(request.vpcId())
                      .state("available")
                      .build())
              .build());
    }
    return AttachInternetGatewayResponse.builder().build();
  }

  boolean isAttached(String gatewayId, String vpcId) {
    InternetGateway gateway = network.internetGateways.get(gatewayId);
    return gateway != null
        && gateway.attachments().stream().anyMatch(each -> each.vpcId().equals(vpcId));
  }

  DetachInternetGatewayResponse detach(DetachInternetGatewayRequest request) {
    synchronized (network) {
      InternetGateway gateway = require(request.internetGatewayId());
      if (gateway.attachments().stream().noneMatch(a -> a.vpcId().equals(request.vpcId()))) {
        throw AwsError.badRequest(
            "Gateway.NotAttached",
            "resource "
                + request.internetGatewayId()
                + " is not attached to network "
                + request.vpcId());
      }
      boolean mapped =
          network.interfaces.values().stream()
              .anyMatch(e -> e.vpcId().equals(request.vpcId()) && e.association() != null);
      if (mapped) {
        throw AwsError.badRequest(
            "DependencyViolation",
            "Network "
                + request.vpcId()
                + " has some mapped public address(es). Please unmap those public address(es)"
                + " before detaching the gateway.");
      }
      network.internetGateways.put(
          gateway.internetGatewayId(), gateway.toBuilder().attachments(List.of()).build());
    }
    return DetachInternetGatewayResponse.builder().build();
  }

  DeleteInternetGatewayResponse delete(DeleteInternetGatewayRequest request) {
    synchronized (network) {
      if (!require(request.internetGatewayId()).attachments().isEmpty()) {
        throw AwsError.badRequest(
            "DependencyViolation",
            "The internetGateway '"
                + request.internetGatewayId()
                + "' has dependencies and cannot be deleted.");
      }
      network.internetGateways.remove(request.internetGatewayId());
    }
    return DeleteInternetGatewayResponse.builder().build();
  }

  InternetGateway require(String id) {
    return Ec2Ids.require(
        network.internetGateways, id, "internetGateway ID", "InvalidInternetGatewayID.NotFound");
  }
}
