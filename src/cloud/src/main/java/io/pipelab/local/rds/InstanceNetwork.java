package io.pipelab.local.rds;

import io.pipelab.local.door.Peer;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.PacketFilter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * Holds functions and tasks to what the instance's VPC and security groups let through. The user's
 * own programs are let in always, as if by a tunnel into the VPC.
 */
final class InstanceNetwork {
  private final NetworkTenants tenants;
  private final PacketFilter filter;

  InstanceNetwork(NetworkTenants tenants, PacketFilter filter) {
    this.tenants = tenants;
    this.filter = filter;
  }

  /** Whether a peer's packets reach an instance. */
  boolean admits(Instance instance, Peer peer) throws IOException {
    OptionalLong session = peer.session(tenants.sessions());
    return session.isEmpty()
        || tenants
            .of(session.getAsLong())
            .map(site -> admits(instance.view(), instance.port, site))
            .orElse(false);
  }

  /** Whether an instance that expects clients at a port is reached from a site. */
  boolean admits(DBInstance instance, int port, NetworkTenants.Site site) {
    DBSubnetGroup group = instance.dbSubnetGroup();
    List<String> groups =
        instance.vpcSecurityGroups().stream()
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .toList();
    return group.subnets().stream()
        .filter(
            subnet -> instance.availabilityZone().equals(subnet.subnetAvailabilityZone().name()))
        .anyMatch(
            subnet ->
                filter.admits(
                    site,
                    subnet.subnetIdentifier(),
                    groups,
                    Boolean.TRUE.equals(instance.publiclyAccessible()),
                    port));
  }
}
