package io.pipelab.local.ec2;

import io.pipelab.local.kernel.NetworkTenants.Site;
import io.pipelab.local.kernel.PacketFilter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Whether security groups let TCP packets from one place to another (VPC guide, "Security group
 * rules"). Routes and network ACLs are not looked at: inside of a VPC all reach all by default.
 */
final class Reachability implements PacketFilter {
  private static final String TCP = "6";
  static final String ANYWHERE = "0.0.0.0/0";

  private final Map<String, SecurityGroup> groups;
  private final Map<String, Subnet> subnets;

  Reachability(Map<String, SecurityGroup> groups, Map<String, Subnet> subnets) {
    this.groups = groups;
    this.subnets = subnets;
  }

  @Override
  public boolean admits(
      Site client, String subnetId, Collection<String> targetGroups, boolean open, int port) {
    Subnet target = subnets.get(subnetId);
    if (target == null) {
      return false;
    }
    if (client instanceof Site.Vpc inside) {
      Subnet own = subnets.get(inside.subnetId());
      return own != null
          && own.vpcId().equals(target.vpcId())
          && any(inside.securityGroups(), SecurityGroup::ipPermissionsEgress, port)
              .anyMatch(rule -> names(rule, targetGroups) || covers(rule, target.cidrBlock()))
          && any(targetGroups, SecurityGroup::ipPermissions, port)
              .anyMatch(
                  rule ->
                      names(rule, inside.securityGroups())
                          || covers(rule, inside.address() + "/32"));
    }
    // Where in the internet a client is, nobody knows here: only a rule for all of it counts.
    return open
        && any(targetGroups, SecurityGroup::ipPermissions, port)
            .anyMatch(rule -> ranges(rule).anyMatch(ANYWHERE::equals));
  }

  /**
   * Whether a client's own groups let it out to an address that nobody here knows, at a TCP port.
   *
   * @param prefixList a list that the address is on, if it is on one
   */
  boolean letsOut(Site.Vpc client, @Nullable String prefixList, int port) {
    return any(client.securityGroups(), SecurityGroup::ipPermissionsEgress, port)
        .anyMatch(
            rule ->
                ranges(rule).anyMatch(ANYWHERE::equals)
                    || rule.prefixListIds().stream()
                        .anyMatch(list -> list.prefixListId().equals(prefixList)));
  }

  /** The rules of groups that are for a TCP port. */
  private Stream<IpPermission> any(
      Collection<String> ids, Function<SecurityGroup, List<IpPermission>> direction, int port) {
    return ids.stream()
        .map(groups::get)
        .filter(Objects::nonNull)
        .flatMap(group -> direction.apply(group).stream())
        .filter(rule -> isFor(rule, port));
  }

  private static boolean isFor(IpPermission rule, int port) {
    return switch (String.valueOf(rule.ipProtocol())) {
      case "-1" -> true;
      case "tcp", TCP ->
          rule.fromPort() == null
              || rule.fromPort() == -1
              || (rule.fromPort() <= port && (rule.toPort() == null || port <= rule.toPort()));
      default -> false;
    };
  }

  private static boolean names(IpPermission rule, Collection<String> ids) {
    return rule.userIdGroupPairs().stream().anyMatch(pair -> ids.contains(pair.groupId()));
  }

  private static boolean covers(IpPermission rule, String block) {
    Cidr inner = Cidr.parse(block);
    return ranges(rule).anyMatch(range -> Cidr.parse(range).contains(inner));
  }

  private static Stream<String> ranges(IpPermission rule) {
    return rule.ipRanges().stream().map(IpRange::cidrIp);
  }
}
