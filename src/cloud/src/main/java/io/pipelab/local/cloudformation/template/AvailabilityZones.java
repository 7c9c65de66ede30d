package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** The zones that Fn::GetAZs names. */
final class AvailabilityZones {
  private AvailabilityZones() {}

  /** Three, as EC2's DescribeAvailabilityZones has them here. */
  static ArrayNode of(String region) {
    ArrayNode zones = Intrinsic.list();
    for (char letter : "abc".toCharArray()) {
      zones.add(region + letter);
    }
    return zones;
  }
}
