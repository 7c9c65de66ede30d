package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Network interfaces that services keep; nobody else makes any, because there are no instances.
 * Nothing of the machine's own network is changed: an interface is what a subnet's address and
 * security groups are held by.
 */
final class Interfaces implements NetworkInterfaces {
  /** In real time: longer than a container may take to stop. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Network network;
  private final Addressing addressing;

  Interfaces(Network network, Addressing addressing) {
    this.network = network;
    this.addressing = addressing;
  }

  @Override
  public Made create(Wanted wanted) {
    return create(wanted, wanted.open() ? addressing.publicAddress() : null, null);
  }

  /**
   * Makes an interface with a public address of the caller's.
   *
   * @param allocationId the elastic address that it is, if it is one
   */
  Made create(Wanted wanted, @Nullable String publicAddress, @Nullable String allocationId) {
    synchronized (network) {
      Subnet subnet =
          Ec2Ids.require(
              network.subnets, wanted.subnetId(), "subnet ID", "InvalidSubnetID.NotFound");
      List<GroupIdentifier> groups = groups(wanted.securityGroups());
      String address = addressing.privateAddress(subnet);
      String id = Ec2Ids.next("eni");
      NetworkInterface made =
          NetworkInterface.builder()
              .networkInterfaceId(id)
              .interfaceType(wanted.type())
              .description(wanted.description())
              .requesterId(wanted.requester())
              .requesterManaged(true)
              .status("in-use")
              .subnetId(subnet.subnetId())
              .vpcId(subnet.vpcId())
              .availabilityZone(subnet.availabilityZone())
              .ownerId(network.identity.account())
              .macAddress(macAddress())
              .privateIpAddress(address)
              .privateIpAddresses(
                  NetworkInterfacePrivateIpAddress.builder()
                      .primary(true)
                      .privateIpAddress(address)
                      .association(association(publicAddress, allocationId))
                      .build())
              .association(association(publicAddress, allocationId))
              .sourceDestCheck(!wanted.type().equals("nat_gateway"))
              .groups(groups)
              .attachment(
                  attachment ->
                      attachment
                          .attachmentId(Ec2Ids.next("eni-attach"))
                          .deleteOnTermination(false)
                          .deviceIndex(1)
                          .instanceOwnerId(wanted.requester())
                          .status("attached"))
              .build();
      network.interfaces.put(id, made);
      return new Made(id, address, made.macAddress(), Optional.ofNullable(publicAddress));
    }
  }

  private @Nullable NetworkInterfaceAssociation association(
      @Nullable String publicAddress, @Nullable String allocationId) {
    return publicAddress == null
        ? null
        : NetworkInterfaceAssociation.builder()
            .publicIp(publicAddress)
            .allocationId(allocationId)
            .ipOwnerId(allocationId == null ? "amazon" : network.identity.account())
            .build();
  }

  private List<GroupIdentifier> groups(List<String> ids) {
    return ids.stream()
        .map(
            id -> {
              SecurityGroup group =
                  Ec2Ids.require(
                      network.securityGroups, id, "security group", "InvalidGroup.NotFound");
              return GroupIdentifier.builder().groupId(id).groupName(group.groupName()).build();
            })
        .toList();
  }

  private static String macAddress() {
    long random = ThreadLocalRandom.current().nextLong(1L << 40);
    return "0a:" + String.join(":", String.format("%010x", random).split("(?<=\\G..)"));
  }

  @Override
  public void regroup(String id, List<String> securityGroups) {
    synchronized (network) {
      network.interfaces.computeIfPresent(
          id, (key, old) -> old.toBuilder().groups(groups(securityGroups)).build());
    }
  }

  @Override
  public void delete(String id) {
    synchronized (network) {
      network.interfaces.remove(id);
      network.notifyAll();
    }
  }

  /**
   * Waits until nothing is in a subnet any more, as CloudFormation tries again to delete what is
   * still in use: tasks take a while to stop.
   */
  void awaitEmptySubnet(String subnetId) {
    awaitNone(each -> each.subnetId().equals(subnetId));
  }

  /** Waits until nothing is in a security group any more, likewise. */
  void awaitEmptyGroup(String groupId) {
    awaitNone(each -> isIn(each, groupId));
  }

  /** Waits until nothing in a VPC has a public address any more, likewise. */
  void awaitNoneOpen(String vpcId) {
    awaitNone(each -> each.vpcId().equals(vpcId) && each.association() != null);
  }

  private void awaitNone(Predicate<NetworkInterface> held) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (network) {
      try {
        while (network.interfaces.values().stream().anyMatch(held)) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            return; // the deletion says what is in the way
          }
          network.wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isIn(NetworkInterface each, String groupId) {
    return each.groups().stream().anyMatch(group -> group.groupId().equals(groupId));
  }

  /**
   * Refuses what would take a subnet from under an interface.
   *
   * @throws AwsError DependencyViolation
   */
  void requireUnusedSubnet(String subnetId) {
    if (network.interfaces.values().stream().anyMatch(each -> each.subnetId().equals(subnetId))) {
      throw AwsError.badRequest(
          "DependencyViolation",
          "The subnet '" + subnetId + "' has dependencies and cannot be deleted.");
    }
  }

  /**
   * Refuses what would take a security group from an interface.
   *
   * @throws AwsError DependencyViolation
   */
  void requireUnusedGroup(String groupId) {
    boolean held = network.interfaces.values().stream().anyMatch(each -> isIn(each, groupId));
    boolean named =
        network.securityGroups.values().stream()
            .filter(group -> !group.groupId().equals(groupId))
            .anyMatch(group -> SecurityRules.name(group, groupId));
    if (held || named) {
      throw AwsError.badRequest(
          "DependencyViolation", "resource " + groupId + " has a dependent object");
    }
  }
}
