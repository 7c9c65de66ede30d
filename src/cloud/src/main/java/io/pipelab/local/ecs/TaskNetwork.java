package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/** Where tasks get their network interfaces: in subnets and security groups that EC2 knows. */
record TaskNetwork(VpcNetwork vpc, NetworkInterfaces interfaces, CloudIdentity identity) {
  private static final int MOST_SUBNETS = 16;
  private static final int MOST_GROUPS = 5;

  /**
   * Checks a task's network, with EC2's own errors inside of ECS's.
   *
   * @return the subnet in which the task runs
   * @throws AwsError InvalidParameterException
   */
  VpcNetwork.Placement place(@Nullable NetworkConfiguration configuration) {
    AwsVpcConfiguration network =
        configuration == null ? null : configuration.awsvpcConfiguration();
    if (network == null) {
      throw EcsErrors.invalid(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (network.subnets().isEmpty()) {
      throw EcsErrors.invalid("subnets can not be empty.");
    }
    if (network.subnets().size() > MOST_SUBNETS) {
      throw EcsErrors.invalid("subnets can have at most 16 items.");
    }
    if (network.securityGroups().size() > MOST_GROUPS) {
      throw EcsErrors.invalid("securityGroups can have at most 5 items.");
    }
    List<VpcNetwork.Placement> subnets = subnets(network.subnets());
    checkGroups(network.securityGroups(), subnets.get(0).vpcId());
    return subnets.get(0);
  }

  /**
   * Makes a task's network interface, in the VPC's default security group when the task names none.
   *
   * @param attachmentId of the interface to the task
   */
  NetworkInterfaces.Made attach(
      VpcNetwork.Placement subnet, AwsVpcConfiguration network, String attachmentId) {
    return interfaces.create(
        new NetworkInterfaces.Wanted(
            subnet.subnetId(),
            groups(subnet, network),
            "interface",
            identity.arn("ecs", "attachment/" + attachmentId),
            "amazon-ecs",
            network.assignPublicIp() == AssignPublicIp.ENABLED));
  }

  /** Where a task is whose interface that is. */
  NetworkTenants.Site site(
      VpcNetwork.Placement subnet, AwsVpcConfiguration network, NetworkInterfaces.Made made) {
    return new NetworkTenants.Site.Vpc(
        subnet.subnetId(),
        groups(subnet, network),
        made.address(),
        made.publicAddress().isPresent());
  }

  private List<String> groups(VpcNetwork.Placement subnet, AwsVpcConfiguration network) {
    return network.securityGroups().isEmpty()
        ? vpc.defaultSecurityGroup(subnet.vpcId()).stream().toList()
        : network.securityGroups();
  }

  private List<VpcNetwork.Placement> subnets(List<String> ids) {
    List<VpcNetwork.Placement> subnets = new ArrayList<>();
    for (String id : ids) {
      subnets.add(
          vpc.subnet(id)
              .orElseThrow(
                  () ->
                      EcsErrors.invalid(
                          "Error retrieving subnet information for %s: The subnet ID '%s' does not"
                                  .formatted(ids, id)
                              + " exist (ErrorCode: InvalidSubnetID.NotFound)")));
    }
    // AWS's words for this are not known to us; its code is.
    if (subnets.stream().map(VpcNetwork.Placement::vpcId).distinct().count() > 1) {
      throw EcsErrors.invalid("The input subnets " + ids + " do not belong to the same VPC.");
    }
    return subnets;
  }

  private void checkGroups(List<String> ids, String vpcId) {
    for (String id : ids) {
      String groupVpc =
          vpc.vpcOfSecurityGroup(id)
              .orElseThrow(
                  () ->
                      EcsErrors.invalid(
                          ("Error retrieving security group information for %s: The security group"
                                  + " '%s' does not exist (ErrorCode: InvalidGroup.NotFound)")
                              .formatted(ids, id)));
      if (!groupVpc.equals(vpcId)) {
        throw EcsErrors.invalid(
            "Security group "
                + id
                + " does not appear to belong to the same VPC as the input subnets.");
      }
    }
  }
}
