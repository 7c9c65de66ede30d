package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces.Made;
import io.pipelab.local.kernel.NetworkInterfaces.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** NAT gateways: what is in a private subnet goes to the internet by their addresses. */
final class NatGateways {
  private static final String PUBLIC = "public";

  private static final Filters<NatGateway> FILTERS =
      new Filters<>(
          Map.of(
              "nat-gateway-id", gateway -> List.of(gateway.natGatewayId()),
              "state", gateway -> List.of(gateway.stateAsString()),
              "subnet-id", gateway -> List.of(gateway.subnetId()),
              "vpc-id", gateway -> List.of(gateway.vpcId())),
          NatGateway::tags);

  private final Network network;
  private final Interfaces interfaces;
  private final ElasticAddresses addresses;

  NatGateways(Network network, Interfaces interfaces, ElasticAddresses addresses) {
    this.network = network;
    this.interfaces = interfaces;
    this.addresses = addresses;
  }

  void addTo(Actions actions) {
    actions
        .on(
            CreateNatGatewayRequest.class,
            request ->
                CreateNatGatewayResponse.builder()
                    .natGateway(pending(create(request)))
                    .clientToken(request.clientToken())
                    .build())
        .on(DescribeNatGatewaysRequest.class, this::describe)
        .on(
            DeleteNatGatewayRequest.class,
            request -> {
              delete(request.natGatewayId());
              return DeleteNatGatewayResponse.builder()
                  .natGatewayId(request.natGatewayId())
                  .build();
            });
  }

  /** It is available, or has failed, by the time that anyone asks again. */
  private static NatGateway pending(NatGateway made) {
    return made.toBuilder()
        .state("pending")
        .failureCode((String) null)
        .failureMessage((String) null)
        .build();
  }

  /**
   * Makes a gateway; one without a way out has failed.
   *
   * @throws AwsError for what is refused at once
   */
  NatGateway create(CreateNatGatewayRequest request) {
    synchronized (network) {
      Subnet subnet =
          Ec2Ids.require(
              network.subnets, request.subnetId(), "subnet ID", "InvalidSubnetID.NotFound");
      String type = Objects.requireNonNullElse(request.connectivityTypeAsString(), PUBLIC);
      boolean open = type.equals(PUBLIC);
      Address address = open ? address(request.allocationId()) : null;
      NatGateway base =
          NatGateway.builder()
              .natGatewayId(Ec2Ids.next("nat"))
              .subnetId(subnet.subnetId())
              .vpcId(subnet.vpcId())
              .connectivityType(type)
              .createTime(network.clock.now())
              .tags(Network.tags(request.tagSpecifications()))
              .build();
      NatGateway made =
          open && !hasInternetGateway(subnet.vpcId())
              ? failed(base, subnet)
              : available(base, address);
      network.natGateways.put(made.natGatewayId(), made);
      return made;
    }
  }

  private Address address(@Nullable String allocationId) {
    if (allocationId == null) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter AllocationId");
    }
    Address address = addresses.require(allocationId);
    if (address.associationId() != null) {
      throw AwsError.badRequest(
          "Resource.AlreadyAssociated",
          "Elastic IP address [" + allocationId + "] is already associated");
    }
    return address;
  }

  private boolean hasInternetGateway(String vpcId) {
    return network.internetGateways.values().stream()
        .anyMatch(gateway -> gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpcId)));
  }

  private static NatGateway failed(NatGateway base, Subnet subnet) {
    return base.toBuilder()
        .state("failed")
        .failureCode("Gateway.NotAttached")
        .failureMessage("Network " + subnet.vpcId() + " has no Internet gateway attached")
        .build();
  }

  private NatGateway available(NatGateway base, @Nullable Address address) {
    Made made =
        interfaces.create(
            new Wanted(
                base.subnetId(),
                List.of(),
                "nat_gateway",
                "Interface for NAT Gateway " + base.natGatewayId(),
                "amazon-nat",
                address != null),
            address == null ? null : address.publicIp(),
            address == null ? null : address.allocationId());
    NatGatewayAddress.Builder shown =
        NatGatewayAddress.builder()
            .networkInterfaceId(made.id())
            .privateIp(made.address())
            .isPrimary(true)
            .status("succeeded");
    if (address != null) {
      String association = Ec2Ids.next("eipassoc");
      shown
          .allocationId(address.allocationId())
          .publicIp(address.publicIp())
          .associationId(association);
      network.addresses.put(
          address.allocationId(),
          address.toBuilder()
              .associationId(association)
              .networkInterfaceId(made.id())
              .networkInterfaceOwnerId(network.identity.account())
              .privateIpAddress(made.address())
              .build());
    }
    return base.toBuilder().state("available").natGatewayAddresses(shown.build()).build();
  }

  private DescribeNatGatewaysResponse describe(DescribeNatGatewaysRequest request) {
    List<String> ids = request.natGatewayIds();
    ids.forEach(this::require);
    Listing<NatGateway> page =
        Listing.of(
            FILTERS.select(network.natGateways.values(), request.filter()).stream()
                .filter(each -> ids.isEmpty() || ids.contains(each.natGatewayId()))
                .toList(),
            NatGateway::natGatewayId,
            request.maxResults(),
            request.nextToken());
    return DescribeNatGatewaysResponse.builder()
        .natGateways(page.items())
        .nextToken(page.next())
        .build();
  }

  /** Deletes a gateway and frees its address. */
  void delete(String id) {
    synchronized (network) {
      NatGateway gone = require(id);
      for (NatGatewayAddress each : gone.natGatewayAddresses()) {
        interfaces.delete(each.networkInterfaceId());
        if (each.allocationId() != null) {
          network.addresses.computeIfPresent(
              each.allocationId(),
              (key, old) ->
                  old.toBuilder()
                      .associationId(null)
                      .networkInterfaceId(null)
                      .networkInterfaceOwnerId(null)
                      .privateIpAddress(null)
                      .build());
        }
      }
      network.natGateways.remove(id);
    }
  }

  /**
   * The gateway of an id.
   *
   * @throws AwsError NatGatewayNotFound
   */
  NatGateway require(@Nullable String id) {
    NatGateway found = id == null ? null : network.natGateways.get(id);
    if (found == null) {
      throw AwsError.badRequest("NatGatewayNotFound", "The Nat Gateway " + id + " was not found");
    }
    return found;
  }
}
