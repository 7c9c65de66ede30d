package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** The zones that Fn::GetAZs names. */
final class AvailabilityZones {
  private AvailabilityZones() {}

  /** Six in us-east-1 and three elsewhere, as accounts usually see them. */
  static ArrayNode of(String region) {
    ArrayNode zones = Intrinsic.list();
    for (char letter : (region.equals("us-east-1") ? "abcdef" : "abc").toCharArray()) {
      zones.add(region + letter);
    }
    return zones;
  }
}
