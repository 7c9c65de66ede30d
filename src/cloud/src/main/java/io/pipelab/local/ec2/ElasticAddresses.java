package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;

/**
 * Elastic addresses. NAT gateways alone have them: there are no instances, and the interfaces are
 * their services'.
 */
final class ElasticAddresses {
  /** An account's quota in a region. */
  private static final int MOST = 5;

  private static final Filters<Address> FILTERS =
      new Filters<>(
          Map.of(
              "allocation-id", address -> List.of(address.allocationId()),
              "association-id", address -> some(address.associationId()),
              "domain", address -> List.of(address.domainAsString()),
              "instance-id", address -> List.of(),
              "network-interface-id", address -> some(address.networkInterfaceId()),
              "private-ip-address", address -> some(address.privateIpAddress()),
              "public-ip", address -> List.of(address.publicIp())),
          Address::tags);

  private final Network network;
  private final Addressing addressing;

  ElasticAddresses(Network network, Addressing addressing) {
    this.network = network;
    this.addressing = addressing;
  }

  private static List<String> some(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  void addTo(Actions actions) {
    actions
        .on(AllocateAddressRequest.class, this::allocate)
        .on(DescribeAddressesRequest.class, this::describe)
        .on(AssociateAddressRequest.class, this::associate)
        .on(DisassociateAddressRequest.class, this::disassociate)
        .on(ReleaseAddressRequest.class, this::release);
  }

  AllocateAddressResponse allocate(AllocateAddressRequest request) {
    if ("standard".equals(request.domainAsString())) {
      throw AwsError.notImplemented("addresses of EC2-Classic (Domain standard)");
    }
    synchronized (network) {
      if (network.addresses.size() >= MOST) {
        throw AwsError.badRequest(
            "AddressLimitExceeded", "The maximum number of addresses has been reached.");
      }
      Address made =
          Address.builder()
              .allocationId(Ec2Ids.next("eipalloc"))
              .publicIp(addressing.publicAddress())
              .domain("vpc")
              .publicIpv4Pool("amazon")
              .networkBorderGroup(network.identity.region())
              .tags(Network.tags(request.tagSpecifications()))
              .build();
      network.addresses.put(made.allocationId(), made);
      return AllocateAddressResponse.builder()
          .allocationId(made.allocationId())
          .publicIp(made.publicIp())
          .domain(made.domain())
          .publicIpv4Pool(made.publicIpv4Pool())
          .networkBorderGroup(made.networkBorderGroup())
          .build();
    }
  }

  private DescribeAddressesResponse describe(DescribeAddressesRequest request) {
    request.allocationIds().forEach(this::require);
    request.publicIps().forEach(this::requireIp);
    return DescribeAddressesResponse.builder()
        .addresses(
            FILTERS.select(network.addresses.values(), request.filters()).stream()
                .filter(
                    each ->
                        request.allocationIds().isEmpty()
                            || request.allocationIds().contains(each.allocationId()))
                .filter(
                    each ->
                        request.publicIps().isEmpty()
                            || request.publicIps().contains(each.publicIp()))
                .toList())
        .build();
  }

  /**
   * The address of an allocation.
   *
   * @throws AwsError InvalidAllocationID.NotFound
   */
  Address require(@Nullable String allocationId) {
    return Ec2Ids.require(
        network.addresses, allocationId, "allocation ID", "InvalidAllocationID.NotFound");
  }

  private Address requireIp(String ip) {
    return network.addresses.values().stream()
        .filter(each -> each.publicIp().equals(ip))
        .findFirst()
        .orElseThrow(
            () ->
                AwsError.badRequest("InvalidAddress.NotFound", "Address '" + ip + "' not found."));
  }

  private AssociateAddressResponse associate(AssociateAddressRequest request) {
    Address address =
        request.allocationId() == null && request.publicIp() != null
            ? requireIp(request.publicIp())
            : require(request.allocationId());
    if (request.instanceId() != null) {
      throw AwsError.badRequest(
          "InvalidInstanceID.NotFound",
          "The instance ID '" + request.instanceId() + "' does not exist");
    }
    Ec2Ids.require(
        network.interfaces,
        request.networkInterfaceId(),
        "networkInterface ID",
        "InvalidNetworkInterfaceID.NotFound");
    throw notYours(address);
  }

  private DisassociateAddressResponse disassociate(DisassociateAddressRequest request) {
    Address address =
        network.addresses.values().stream()
            .filter(
                each ->
                    each.associationId() != null
                        && (each.associationId().equals(request.associationId())
                            || each.publicIp().equals(request.publicIp())))
            .findFirst()
            .orElseThrow(
                () ->
                    AwsError.badRequest(
                        "InvalidAssociationID.NotFound",
                        "The association ID '" + request.associationId() + "' does not exist"));
    throw notYours(address);
  }

  /** Interfaces are their services', and so is what is done to them. */
  private static AwsError notYours(Address address) {
    return AwsError.badRequest(
        "AuthFailure",
        "You do not have permission to access the specified resource. ("
            + address.allocationId()
            + ")");
  }

  ReleaseAddressResponse release(ReleaseAddressRequest request) {
    synchronized (network) {
      Address address =
          request.allocationId() == null && request.publicIp() != null
              ? requireIp(request.publicIp())
              : require(request.allocationId());
      if (address.associationId() != null) {
        throw AwsError.badRequest(
            "InvalidIPAddress.InUse", "Address " + address.publicIp() + " is in use.");
      }
      network.addresses.remove(address.allocationId());
    }
    return ReleaseAddressResponse.builder().build();
  }
}
