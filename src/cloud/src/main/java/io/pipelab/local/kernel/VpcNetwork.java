package io.pipelab.local.kernel;

import java.util.List;
import java.util.Optional;

/** Port to EC2: in which networks something may run. */
public interface VpcNetwork {
  /**
   * A subnet as its tenants need it.
   *
   * @param cidrBlock for example {@code 10.0.1.0/24}
   */
  record Placement(String subnetId, String vpcId, String availabilityZone, String cidrBlock) {}

  /** The subnet of that id. */
  Optional<Placement> subnet(String subnetId);

  /** The VPC of the security group of that id. */
  Optional<String> vpcOfSecurityGroup(String groupId);

  /** The security group that a VPC's tenants have who name none. */
  Optional<String> defaultSecurityGroup(String vpcId);

  /** The default VPC's default subnets, one a zone; none when the VPC is gone. */
  List<Placement> defaultSubnets();
}
