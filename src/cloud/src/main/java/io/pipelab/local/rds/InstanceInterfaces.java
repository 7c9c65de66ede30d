package io.pipelab.local.rds;

import io.pipelab.local.kernel.NetworkInterfaces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The network interface that each instance has in the subnet of its zone. */
final class InstanceInterfaces {
  private final NetworkInterfaces interfaces;

  /** Ids of interfaces, by the instances' resource ids. */
  private final Map<String, String> byInstance = new ConcurrentHashMap<>();

  InstanceInterfaces(NetworkInterfaces interfaces) {
    this.interfaces = interfaces;
  }

  /**
   * Gives a new instance its interface.
   *
   * @throws io.pipelab.local.kernel.AwsError when its subnet has no address left
   */
  void attach(DBInstance instance) {
    String subnet =
        instance.dbSubnetGroup().subnets().stream()
            .filter(
                each -> each.subnetAvailabilityZone().name().equals(instance.availabilityZone()))
            .findFirst()
            .orElseThrow()
            .subnetIdentifier();
    NetworkInterfaces.Made made =
        interfaces.create(
            new NetworkInterfaces.Wanted(
                subnet,
                groups(instance),
                "interface",
                "RDSNetworkInterface",
                "amazon-rds",
                Boolean.TRUE.equals(instance.publiclyAccessible())));
    byInstance.put(instance.dbiResourceId(), made.id());
  }

  /** Puts an instance's interface into the instance's groups. */
  void regroup(DBInstance instance) {
    String id = byInstance.get(instance.dbiResourceId());
    if (id != null) {
      interfaces.regroup(id, groups(instance));
    }
  }

  void detach(DBInstance instance) {
    String id = byInstance.remove(instance.dbiResourceId());
    if (id != null) {
      interfaces.delete(id);
    }
  }

  private static List<String> groups(DBInstance instance) {
    return instance.vpcSecurityGroups().stream()
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .toList();
  }
}
