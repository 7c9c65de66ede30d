package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * The rules of security groups one by one, each with an id. The id is made from what the rule says:
 * the same rule has the same id whenever it is looked at.
 */
final class SecurityRuleViews {
  private static final int ID_BYTES = 8;

  private SecurityRuleViews() {}

  /** One rule, and the permission that it is the whole of. */
  record View(SecurityGroupRule rule, IpPermission permission) {}

  /** All rules of a group: those that let in, and those that let out. */
  static List<View> of(SecurityGroup group) {
    List<View> all = new ArrayList<>(of(group, false, group.ipPermissions()));
    all.addAll(of(group, true, group.ipPermissionsEgress()));
    return all;
  }

  /** The rules of some permissions in one direction. */
  static List<View> of(SecurityGroup group, boolean egress, List<IpPermission> permissions) {
    List<View> all = new ArrayList<>();
    for (IpPermission each : SecurityRules.of(permissions).permissions()) {
      IpPermission.Builder bare = bare(each);
      each.ipRanges()
          .forEach(
              range ->
                  all.add(
                      view(
                          group,
                          egress,
                          range.cidrIp(),
                          range.description(),
                          bare.copy().ipRanges(range).build(),
                          rule -> rule.cidrIpv4(range.cidrIp()))));
      each.ipv6Ranges()
          .forEach(
              range ->
                  all.add(
                      view(
                          group,
                          egress,
                          range.cidrIpv6(),
                          range.description(),
                          bare.copy().ipv6Ranges(range).build(),
                          rule -> rule.cidrIpv6(range.cidrIpv6()))));
      each.prefixListIds()
          .forEach(
              list ->
                  all.add(
                      view(
                          group,
                          egress,
                          list.prefixListId(),
                          list.description(),
                          bare.copy().prefixListIds(list).build(),
                          rule -> rule.prefixListId(list.prefixListId()))));
      each.userIdGroupPairs()
          .forEach(
              pair ->
                  all.add(
                      view(
                          group,
                          egress,
                          pair.groupId(),
                          pair.description(),
                          bare.copy().userIdGroupPairs(pair).build(),
                          rule ->
                              rule.referencedGroupInfo(
                                  info -> info.groupId(pair.groupId()).userId(group.ownerId())))));
    }
    return all;
  }

  private static IpPermission.Builder bare(IpPermission permission) {
    return IpPermission.builder()
        .ipProtocol(permission.ipProtocol())
        .fromPort(permission.fromPort())
        .toPort(permission.toPort());
  }

  private static View view(
      SecurityGroup group,
      boolean egress,
      String peer,
      @Nullable String description,
      IpPermission permission,
      Consumer<SecurityGroupRule.Builder> shown) {
    String what =
        String.join(
            "|",
            group.groupId(),
            String.valueOf(egress),
            permission.ipProtocol(),
            String.valueOf(permission.fromPort()),
            String.valueOf(permission.toPort()),
            peer);
    String id = "sgr-0" + hash(what).substring(1);
    SecurityGroupRule.Builder rule =
        SecurityGroupRule.builder()
            .securityGroupRuleId(id)
            .securityGroupRuleArn(
                group
                    .securityGroupArn()
                    .replaceAll("security-group/.*", "security-group-rule/" + id))
            .groupId(group.groupId())
            .groupOwnerId(group.ownerId())
            .isEgress(egress)
            .ipProtocol(permission.ipProtocol())
            .fromPort(permission.fromPort() == null ? -1 : permission.fromPort())
            .toPort(permission.toPort() == null ? -1 : permission.toPort())
            .description(description)
            .tags(List.of());
    shown.accept(rule);
    return new View(rule.build(), permission);
  }

  private static String hash(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "0" + HexFormat.of().formatHex(all, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /**
   * The permissions of a group's rules of those ids.
   *
   * @throws AwsError InvalidSecurityGroupRuleId.NotFound
   */
  static List<IpPermission> permissions(SecurityGroup group, boolean egress, List<String> ids) {
    List<IpPermission> found = new ArrayList<>();
    Set<String> missing = new HashSet<>(ids);
    for (View each : of(group)) {
      if (each.rule().isEgress() == egress && missing.remove(each.rule().securityGroupRuleId())) {
        found.add(each.permission());
      }
    }
    if (!missing.isEmpty()) {
      throw AwsError.badRequest(
          "InvalidSecurityGroupRuleId.NotFound",
          "The security group rule ID '" + missing.iterator().next() + "' does not exist");
    }
    return found;
  }
}
