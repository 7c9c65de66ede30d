package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.VpcNetwork;
import io.pipelab.local.lambda.execution.FunctionSites;
import io.pipelab.local.lambda.execution.FunctionVpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.VpcConfig;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/**
 * Functions in VPCs: what VpcConfig may say, and the network interfaces that come of it. As on AWS
 * functions share them: there is one for each subnet and set of security groups that any function
 * or version has (Lambda guide, "Understanding Hyperplane Elastic Network Interfaces").
 */
final class FunctionNetwork implements FunctionSites {
  /** What AWS is known to refuse a function for. */
  private static final List<String> NEEDED =
      List.of("CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface");

  /** Who shares an interface. */
  private record Sharing(String subnet, Set<String> groups) {}

  private final VpcNetwork network;
  private final NetworkInterfaces interfaces;
  private final AccessControl access;
  private final CloudIdentity identity;
  private final Functions functions;
  private final Map<Sharing, NetworkInterfaces.Made> made = new HashMap<>();

  /** What functions need that are being created or changed. */
  private final List<Sharing> reserved = new ArrayList<>();

  private final AtomicInteger turn = new AtomicInteger();

  FunctionNetwork(
      VpcNetwork network,
      NetworkInterfaces interfaces,
      AccessControl access,
      CloudIdentity identity,
      Functions functions) {
    this.network = network;
    this.interfaces = interfaces;
    this.access = access;
    this.identity = identity;
    this.functions = functions;
  }

  /**
   * What a function's VpcConfig becomes.
   *
   * @return as it is shown, without subnets when the function is to leave its VPC
   * @throws AwsError InvalidParameterValueException
   */
  VpcConfigResponse configure(VpcConfig wanted, String role) {
    List<String> subnets = wanted.subnetIds().stream().distinct().toList();
    List<String> groups = wanted.securityGroupIds().stream().distinct().toList();
    if (subnets.isEmpty() != groups.isEmpty()) {
      throw Errors.invalid("SubnetIds and SecurityIds must coexist or be both empty list.");
    }
    VpcConfigResponse.Builder shown =
        VpcConfigResponse.builder()
            .subnetIds(subnets)
            .securityGroupIds(groups)
            .ipv6AllowedForDualStack(false);
    if (subnets.isEmpty()) {
      return shown.vpcId("").build();
    }
    Set<String> vpcs = new HashSet<>();
    subnets.forEach(id -> vpcs.add(vpcOfSubnet(id)));
    // AWS's words for these two are not known to us; its code is.
    if (vpcs.size() > 1) {
      throw Errors.invalid("Subnets are required to be in the same VPC.");
    }
    groups.forEach(id -> vpcs.add(vpcOfGroup(id)));
    if (vpcs.size() > 1) {
      throw Errors.invalid("Security Groups are required to be in the same VPC.");
    }
    requirePermission(role);
    return shown.vpcId(vpcs.iterator().next()).build();
  }

  private String vpcOfSubnet(String id) {
    return network
        .subnet(id)
        .map(VpcNetwork.Placement::vpcId)
        .orElseThrow(
            () ->
                Errors.invalid(
                    "Error occurred while DescribeSubnets. EC2 Error Code:"
                        + " InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '"
                        + id
                        + "' does not exist"));
  }

  private String vpcOfGroup(String id) {
    return network
        .vpcOfSecurityGroup(id)
        .orElseThrow(
            () ->
                Errors.invalid(
                    "Error occurred while DescribeSecurityGroups. EC2 Error Code:"
                        + " InvalidGroup.NotFound. EC2 Error Message: The security group '"
                        + id
                        + "' does not exist"));
  }

  /**
   * Lambda makes, finds and deletes interfaces as the function's role, and asks before there is any
   * whether it may, on all of them (Lambda guide, "Giving Lambda functions access to resources in
   * an Amazon VPC").
   *
   * @throws AwsError InvalidParameterValueException
   */
  void requirePermission(String role) {
    Caller maker = Caller.RoleSession.of(identity, role, "awslambda");
    for (String action : NEEDED) {
      if (!access.allows(new AccessControl.Use(maker, "ec2:" + action, "*"))) {
        throw Errors.invalid(
            "The provided execution role does not have permissions to call " + action + " on EC2");
      }
    }
  }

  /**
   * Makes the interfaces that a function needs and that no other has made; they stay until {@link
   * #settle}.
   *
   * @throws AwsError InvalidParameterValueException when a subnet has no address left
   */
  synchronized void reserve(@Nullable VpcConfigResponse config, String function) {
    for (Sharing each : sharings(config)) {
      reserved.add(each);
      if (!made.containsKey(each)) {
        made.put(each, create(each, function));
      }
    }
  }

  private NetworkInterfaces.Made create(Sharing sharing, String function) {
    String description = "AWS Lambda VPC ENI-" + function + "-" + UUID.randomUUID();
    try {
      return interfaces.create(
          new NetworkInterfaces.Wanted(
              sharing.subnet(),
              List.copyOf(sharing.groups()),
              "lambda",
              description,
              "amazon-lambda",
              false));
    } catch (AwsError e) {
      throw Errors.invalid(
          "Error occurred while CreateNetworkInterface. EC2 Error Code: "
              + e.code()
              + ". EC2 Error Message: "
              + e.getMessage());
    }
  }

  /**
   * Ends a reservation, and deletes the interfaces that no function's configuration asks for any
   * more.
   */
  synchronized void settle(@Nullable VpcConfigResponse config) {
    sharings(config).forEach(reserved::remove);
    Set<Sharing> used = new HashSet<>(reserved);
    for (LambdaFunction function : functions.all()) {
      used.addAll(sharings(function.latest().configuration().vpcConfig()));
      function.published().forEach(v -> used.addAll(sharings(v.configuration().vpcConfig())));
    }
    made.entrySet()
        .removeIf(
            each -> {
              boolean gone = !used.contains(each.getKey());
              if (gone) {
                interfaces.delete(each.getValue().id());
              }
              return gone;
            });
  }

  private static List<Sharing> sharings(@Nullable VpcConfigResponse config) {
    List<Sharing> all = new ArrayList<>();
    if (config != null) {
      Set<String> groups = Set.copyOf(config.securityGroupIds());
      config.subnetIds().forEach(subnet -> all.add(new Sharing(subnet, groups)));
    }
    return all;
  }

  /** Environments take turns in a function's subnets. */
  @Override
  public synchronized NetworkTenants.Site next(FunctionVpc vpc) {
    String subnet = vpc.subnets().get(Math.floorMod(turn.getAndIncrement(), vpc.subnets().size()));
    NetworkInterfaces.Made own = made.get(new Sharing(subnet, Set.copyOf(vpc.securityGroups())));
    // The function was deleted while its environment started: it reaches nothing any more.
    String address = own == null ? "0.0.0.0" : own.address();
    return new NetworkTenants.Site.Vpc(subnet, vpc.securityGroups(), address, false);
  }
}
