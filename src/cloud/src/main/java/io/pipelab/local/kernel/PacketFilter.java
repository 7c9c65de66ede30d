package io.pipelab.local.kernel;

import java.util.Collection;

/** Port to EC2: which packets its security groups let through. */
@FunctionalInterface
public interface PacketFilter {
  /**
   * Whether a client reaches a TCP port inside a VPC: whether its own security groups let it out,
   * and the target's let it in.
   *
   * @param subnetId of the target
   * @param securityGroups of the target
   * @param open whether the target has a public address, too
   */
  boolean admits(
      NetworkTenants.Site client,
      String subnetId,
      Collection<String> securityGroups,
      boolean open,
      int port);
}
