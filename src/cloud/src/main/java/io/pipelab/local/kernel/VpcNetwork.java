package io.pipelab.local.kernel;

import java.util.Optional;

/** Port to EC2: in which networks something may run. */
public interface VpcNetwork {
  /**
   * A subnet as its tenants need it.
   *
   * @param cidrBlock for example {@code 10.0.1.0/24}
   */
  record Placement(String subnetId, String vpcId, String availabilityZone, String cidrBlock) {
    /** AWS keeps the first four addresses of a subnet, and the last. */
    private static final int RESERVED = 5;

    /**
     * One of the addresses that tenants may have; they repeat when the subnet is full.
     *
     * @param number from 0
     */
    public String address(int number) {
      String[] parts = cidrBlock.split("[./]");
      long first = 0;
      for (int i = 0; i < 4; i++) {
        first = first * 256 + Integer.parseInt(parts[i]);
      }
      long size = 1L << (32 - Integer.parseInt(parts[4]));
      long address = first + RESERVED - 1 + number % (size - RESERVED);
      return (address >> 24 & 255)
          + "."
          + (address >> 16 & 255)
          + "."
          + (address >> 8 & 255)
          + "."
          + (address & 255);
    }
  }

  /** The subnet of that id. */
  Optional<Placement> subnet(String subnetId);

  /** The VPC of the security group of that id. */
  Optional<String> vpcOfSecurityGroup(String groupId);
}
