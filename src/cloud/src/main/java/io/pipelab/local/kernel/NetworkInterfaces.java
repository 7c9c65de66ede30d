package io.pipelab.local.kernel;

import java.util.List;
import java.util.Optional;

/**
 * Port to EC2: the network interfaces that other services keep in their users' subnets. A subnet or
 * security group that one of them uses cannot be deleted.
 */
public interface NetworkInterfaces {
  /**
   * What a service asks for.
   *
   * @param securityGroups at least one
   * @param type EC2's InterfaceType: {@code interface}, {@code lambda}, {@code vpc_endpoint}
   * @param requester who keeps it, as RequesterId shows: {@code amazon-rds}
   * @param open whether it gets a public address, too
   */
  record Wanted(
      String subnetId,
      List<String> securityGroups,
      String type,
      String description,
      String requester,
      boolean open) {}

  /**
   * An interface.
   *
   * @param id for example {@code eni-0a1b2c3d4e5f60718}
   * @param address in its subnet, which no other interface has
   * @param publicAddress what the internet sees, when it was asked for
   */
  record Made(String id, String address, String macAddress, Optional<String> publicAddress) {}

  /**
   * Makes an interface.
   *
   * @throws AwsError InvalidSubnetID.NotFound, InvalidGroup.NotFound, or
   *     InsufficientFreeAddressesInSubnet
   */
  Made create(Wanted wanted);

  /** Puts an interface into other security groups; nothing happens when it is gone. */
  void regroup(String id, List<String> securityGroups);

  /** Deletes an interface; nothing happens when it is gone. */
  void delete(String id);
}
