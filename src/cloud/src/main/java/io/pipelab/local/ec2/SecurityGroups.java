package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * Security groups. Of what is on loopback, databases alone are behind them ({@link Reachability});
 * the others are stored, and checked by verify.
 */
final class SecurityGroups {
  private static final Filters<SecurityGroup> FILTERS =
      new Filters<>(
          Map.of(
              "group-id", group -> List.of(group.groupId()),
              "group-name", group -> List.of(group.groupName()),
              "vpc-id", group -> List.of(group.vpcId()),
              "description", group -> List.of(group.description())),
          SecurityGroup::tags);

  /** AWS's default: everything may go out. */
  private static final IpPermission ALL_OUT =
      IpPermission.builder()
          .ipProtocol("-1")
          .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
          .build();

  private final Network network;
  private final Interfaces interfaces;

  SecurityGroups(Network network, Interfaces interfaces) {
    this.network = network;
    this.interfaces = interfaces;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateSecurityGroupRequest.class, this::create)
        .on(DescribeSecurityGroupsRequest.class, this::describe)
        .on(DeleteSecurityGroupRequest.class, this::delete)
        .on(AuthorizeSecurityGroupIngressRequest.class, this::authorizeIngress)
        .on(RevokeSecurityGroupIngressRequest.class, this::revokeIngress)
        .on(AuthorizeSecurityGroupEgressRequest.class, this::authorizeEgress)
        .on(RevokeSecurityGroupEgressRequest.class, this::revokeEgress);
  }

  void createDefault(Vpc vpc) {
    SecurityGroup group = put("default", "default VPC security group", vpc.vpcId(), List.of());
    IpPermission eachOther =
        IpPermission.builder()
            .ipProtocol("-1")
            .userIdGroupPairs(
                peer -> peer.groupId(group.groupId()).userId(network.identity.account()))
            .build();
    change(group.groupId(), each -> each.toBuilder().ipPermissions(eachOther).build());
  }

  CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
    if (request.description() == null || request.description().isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter GroupDescription");
    }
    synchronized (network) {
      String vpcId = request.vpcId() == null ? network.defaultVpc() : request.vpcId();
      Ec2Ids.require(network.vpcs, vpcId, "vpc ID", "InvalidVpcID.NotFound");
      boolean taken =
          network.securityGroups.values().stream()
              .anyMatch(
                  group ->
                      group.vpcId().equals(vpcId) && group.groupName().equals(request.groupName()));
      if (taken) {
        throw AwsError.badRequest(
            "InvalidGroup.Duplicate",
            "The security group '"
                + request.groupName()
                + "' already exists for VPC '"
                + vpcId
                + "'");
      }
      SecurityGroup group =
          put(
              request.groupName(),
              request.description(),
              vpcId,
              Network.tags(request.tagSpecifications()));
      return CreateSecurityGroupResponse.builder()
          .groupId(group.groupId())
          .securityGroupArn(group.securityGroupArn())
          .tags(group.tags())
          .build();
    }
  }

  private SecurityGroup put(String name, String description, String vpcId, List<Tag> tags) {
    String id = Ec2Ids.next("sg");
    SecurityGroup group =
        SecurityGroup.builder()
            .groupId(id)
            .securityGroupArn(network.identity.arn("ec2", "security-group/" + id))
            .groupName(name)
            .description(description)
            .vpcId(vpcId)
            .ownerId(network.identity.account())
            .ipPermissions(List.of())
            .ipPermissionsEgress(ALL_OUT)
            .tags(tags)
            .build();
    network.securityGroups.put(id, group);
    return group;
  }

  private DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
    request.groupIds().forEach(this::require);
    List<SecurityGroup> groups =
        FILTERS.select(network.securityGroups.values(), request.filters()).stream()
            .filter(g -> request.groupIds().isEmpty() || request.groupIds().contains(g.groupId()))
            .filter(
                g -> request.groupNames().isEmpty() || request.groupNames().contains(g.groupName()))
            .toList();
    Listing<SecurityGroup> page =
        Listing.of(groups, SecurityGroup::groupId, request.maxResults(), request.nextToken());
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
    synchronized (network) {
      if (require(request.groupId()).groupName().equals("default")) {
        throw AwsError.badRequest(
            "CannotDelete",
            "the specified group: \""
                + request.groupId()
                + "\" name: \"default\" cannot be deleted"
                + " by a user");
      }
      interfaces.requireUnusedGroup(request.groupId());
      network.securityGroups.remove(request.groupId());
    }
    return DeleteSecurityGroupResponse.builder().groupId(request.groupId()).build();
  }

  AuthorizeSecurityGroupIngressResponse authorizeIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    List<IpPermission> rules = new ArrayList<>(request.ipPermissions());
    if (request.cidrIp() != null) {
      rules.add(
          IpPermission.builder()
              .ipProtocol(request.ipProtocol())
              .fromPort(request.fromPort())
              .toPort(request.toPort())
              .ipRanges(IpRange.builder().cidrIp(request.cidrIp()).build())
              .build());
    }
    requirePeers(rules);
    SecurityGroup changed =
        change(
            request.groupId(),
            group ->
                group.toBuilder()
                    .ipPermissions(SecurityRules.of(group.ipPermissions()).add(rules).permissions())
                    .build());
    return AuthorizeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .securityGroupRules(rules(changed, false, rules))
        .build();
  }

  RevokeSecurityGroupIngressResponse revokeIngress(RevokeSecurityGroupIngressRequest request) {
    change(
        request.groupId(),
        group ->
            group.toBuilder()
                .ipPermissions(
                    SecurityRules.of(group.ipPermissions())
                        .remove(request.ipPermissions())
                        .remove(
                            SecurityRuleViews.permissions(
                                group, false, request.securityGroupRuleIds()))
                        .permissions())
                .build());
    return RevokeSecurityGroupIngressResponse.builder().returnValue(true).build();
  }

  private AuthorizeSecurityGroupEgressResponse authorizeEgress(
      AuthorizeSecurityGroupEgressRequest request) {
    requirePeers(request.ipPermissions());
    SecurityGroup changed =
        change(
            request.groupId(),
            group ->
                group.toBuilder()
                    .ipPermissionsEgress(
                        SecurityRules.of(group.ipPermissionsEgress())
                            .add(request.ipPermissions())
                            .permissions())
                    .build());
    return AuthorizeSecurityGroupEgressResponse.builder()
        .returnValue(true)
        .securityGroupRules(rules(changed, true, request.ipPermissions()))
        .build();
  }

  RevokeSecurityGroupEgressResponse revokeEgress(RevokeSecurityGroupEgressRequest request) {
    change(
        request.groupId(),
        group ->
            group.toBuilder()
                .ipPermissionsEgress(
                    SecurityRules.of(group.ipPermissionsEgress())
                        .remove(request.ipPermissions())
                        .remove(
                            SecurityRuleViews.permissions(
                                group, true, request.securityGroupRuleIds()))
                        .permissions())
                .build());
    return RevokeSecurityGroupEgressResponse.builder().returnValue(true).build();
  }

  /** Sets both directions at once, as a CloudFormation resource states them. */
  void set(String groupId, List<IpPermission> ingress, List<IpPermission> egress) {
    change(
        groupId,
        group ->
            group.toBuilder()
                .ipPermissions(SecurityRules.of(ingress).permissions())
                .ipPermissionsEgress(
                    SecurityRules.of(egress.isEmpty() ? List.of(ALL_OUT) : egress).permissions())
                .build());
  }

  private SecurityGroup change(String groupId, UnaryOperator<SecurityGroup> change) {
    synchronized (network) {
      SecurityGroup changed = change.apply(require(groupId));
      network.securityGroups.put(groupId, changed);
      return changed;
    }
  }

  /** Groups that rules name must be there. */
  private void requirePeers(List<IpPermission> rules) {
    rules.forEach(
        rule ->
            rule.userIdGroupPairs().stream()
                .map(UserIdGroupPair::groupId)
                .filter(Objects::nonNull)
                .forEach(this::require));
  }

  private static List<SecurityGroupRule> rules(
      SecurityGroup group, boolean egress, List<IpPermission> permissions) {
    return SecurityRuleViews.of(group, egress, permissions).stream()
        .map(SecurityRuleViews.View::rule)
        .toList();
  }

  SecurityGroup require(String groupId) {
    return Ec2Ids.require(
        network.securityGroups, groupId, "security group", "InvalidGroup.NotFound");
  }
}
