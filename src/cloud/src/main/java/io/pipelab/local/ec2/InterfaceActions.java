package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;

/** DescribeNetworkInterfaces. */
final class InterfaceActions {
  private static final Filters<NetworkInterface> FILTERS =
      new Filters<>(
          Map.ofEntries(
              Map.entry("network-interface-id", it -> List.of(it.networkInterfaceId())),
              Map.entry("subnet-id", it -> List.of(it.subnetId())),
              Map.entry("vpc-id", it -> List.of(it.vpcId())),
              Map.entry("availability-zone", it -> List.of(it.availabilityZone())),
              Map.entry("description", it -> List.of(it.description())),
              Map.entry(
                  "group-id", it -> it.groups().stream().map(GroupIdentifier::groupId).toList()),
              Map.entry(
                  "group-name",
                  it -> it.groups().stream().map(GroupIdentifier::groupName).toList()),
              Map.entry("interface-type", it -> List.of(it.interfaceTypeAsString())),
              Map.entry("requester-id", it -> List.of(it.requesterId())),
              Map.entry("requester-managed", it -> List.of(String.valueOf(it.requesterManaged()))),
              Map.entry("status", it -> List.of(it.statusAsString())),
              Map.entry("owner-id", it -> List.of(it.ownerId())),
              Map.entry("mac-address", it -> List.of(it.macAddress())),
              Map.entry("private-ip-address", it -> List.of(it.privateIpAddress())),
              Map.entry("addresses.private-ip-address", it -> List.of(it.privateIpAddress())),
              Map.entry("association.public-ip", InterfaceActions::publicIps),
              Map.entry("attachment.status", it -> List.of(it.attachment().statusAsString())),
              Map.entry("attachment.instance-id", it -> List.of()),
              Map.entry(
                  "attachment.instance-owner-id",
                  it -> List.of(it.attachment().instanceOwnerId()))),
          NetworkInterface::tagSet);

  private final Network network;

  InterfaceActions(Network network) {
    this.network = network;
  }

  private static List<String> publicIps(NetworkInterface it) {
    return Optional.ofNullable(it.association()).map(NetworkInterfaceAssociation::publicIp).stream()
        .toList();
  }

  void addTo(Actions actions) {
    actions.on(DescribeNetworkInterfacesRequest.class, this::describe);
  }

  private DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request) {
    List<String> ids = request.networkInterfaceIds();
    ids.forEach(
        id ->
            Ec2Ids.require(
                network.interfaces,
                id,
                "networkInterface ID",
                "InvalidNetworkInterfaceID.NotFound"));
    Listing<NetworkInterface> page =
        Listing.of(
            FILTERS.select(network.interfaces.values(), request.filters()).stream()
                .filter(each -> ids.isEmpty() || ids.contains(each.networkInterfaceId()))
                .toList(),
            NetworkInterface::networkInterfaceId,
            request.maxResults(),
            request.nextToken());
    return DescribeNetworkInterfacesResponse.builder()
        .networkInterfaces(page.items())
        .nextToken(page.next())
        .build();
  }
}
