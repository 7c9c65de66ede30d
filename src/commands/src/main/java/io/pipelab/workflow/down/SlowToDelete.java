package io.pipelab.workflow.down;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** What makes the deletion of a stack on AWS take long, so that nobody takes it for stuck. */
final class SlowToDelete {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String SECURITY_GROUP = "AWS::EC2::SecurityGroup";

  private static final Map<String, String> WORDS =
      new TreeMap<>(
          Map.of(
              "AWS::RDS::DBInstance",
              "a database takes five to ten minutes to be deleted",
              "AWS::EC2::VPCEndpoint",
              "the network interfaces of an endpoint take some minutes to go"));

  private SlowToDelete() {}

  /** A sentence for each reason to wait among these resources. */
  static List<String> among(List<StackResourceSummary> resources) {
    Set<String> types =
        resources.stream().map(StackResourceSummary::resourceType).collect(Collectors.toSet());
    List<String> reasons =
        WORDS.keySet().stream()
            .filter(types::contains)
            .map(WORDS::get)
            .filter(Objects::nonNull)
            .collect(Collectors.toList());
    if (types.contains(FUNCTION) && types.contains(SECURITY_GROUP)) {
      reasons.add(
          "the network interfaces of functions in a VPC may stay for 20 minutes, and hold their"
              + " security group and subnets as long");
    }
    return reasons;
  }
}
