package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Gives addresses out. The next one is taken rather than the first that is free, so that a new
 * tenant is not taken for the one before.
 */
final class Addressing {
  /** AWS keeps the first four addresses of a subnet, and the last. */
  static final int RESERVED = 5;

  /** For measurements between networks (RFC 2544): nobody's in the internet. */
  private static final Cidr PUBLIC = Cidr.parse("198.18.0.0/15");

  private final Network network;

  /** How many addresses were given out, by subnet. */
  private final Map<String, Long> given = new HashMap<>();

  private long publicGiven;

  Addressing(Network network) {
    this.network = network;
  }

  /**
   * The next free address of a subnet.
   *
   * @throws AwsError InsufficientFreeAddressesInSubnet
   */
  String privateAddress(Subnet subnet) {
    synchronized (network) {
      Cidr block = Cidr.parse(subnet.cidrBlock());
      long room = block.size() - RESERVED;
      Set<String> taken =
          network.interfaces.values().stream()
              .filter(each -> each.subnetId().equals(subnet.subnetId()))
              .map(NetworkInterface::privateIpAddress)
              .collect(Collectors.toSet());
      for (long i = 0; i < room; i++) {
        long number = given.merge(subnet.subnetId(), 1L, Long::sum) - 1;
        String address = block.address(RESERVED - 1 + number % room);
        if (!taken.contains(address)) {
          return address;
        }
      }
    }
    throw AwsError.badRequest(
        "InsufficientFreeAddressesInSubnet",
        "The specified subnet does not have enough free addresses to satisfy the request.");
  }

  /** The next public address. */
  String publicAddress() {
    synchronized (network) {
      return PUBLIC.address(1 + publicGiven++ % (PUBLIC.size() - 2));
    }
  }
}
