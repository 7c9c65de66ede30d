package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The rules of a security group in one direction. A rule is a protocol, its ports and one peer; the
 * API writes those that differ in the peer alone as one permission. What a rule is described as is
 * no part of what it is.
 */
final class SecurityRules {
  private static final String ALL_PROTOCOLS = "-1";

  /** What a permission may list peers of. */
  private record Traffic(String protocol, @Nullable Integer from, @Nullable Integer to) {
    /** Ports mean nothing where every protocol may pass: callers send 0, or none. */
    static Traffic of(IpPermission permission) {
      String protocol =
          Objects.requireNonNullElse(permission.ipProtocol(), ALL_PROTOCOLS)
              .toLowerCase(Locale.ROOT);
      boolean ports = !protocol.equals(ALL_PROTOCOLS);
      return new Traffic(
          protocol, ports ? permission.fromPort() : null, ports ? permission.toPort() : null);
    }

    String words() {
      return protocol.equals(ALL_PROTOCOLS)
          ? "ALL"
          : protocol.toUpperCase(Locale.ROOT) + ", from port: " + from + ", to port: " + to;
    }
  }

  /** Whether a rule of a group names another group as its peer. */
  static boolean name(SecurityGroup group, String peerId) {
    return Stream.of(group.ipPermissions(), group.ipPermissionsEgress())
        .flatMap(List::stream)
        .flatMap(permission -> permission.userIdGroupPairs().stream())
        .anyMatch(pair -> peerId.equals(pair.groupId()));
  }

  private record Rule(Traffic traffic, String peer) {}

  /** Each rule with the range, group or list that it was given with. */
  private final Map<Rule, Object> rules = new LinkedHashMap<>();

  private SecurityRules() {}

  static SecurityRules of(List<IpPermission> permissions) {
    SecurityRules all = new SecurityRules();
    all.read(permissions).forEach(all.rules::putIfAbsent);
    return all;
  }

  private Map<Rule, Object> read(List<IpPermission> permissions) {
    Map<Rule, Object> read = new LinkedHashMap<>();
    for (IpPermission each : permissions) {
      Traffic traffic = Traffic.of(each);
      each.ipRanges().forEach(one -> read.put(new Rule(traffic, one.cidrIp()), one));
      each.ipv6Ranges().forEach(one -> read.put(new Rule(traffic, one.cidrIpv6()), one));
      each.prefixListIds().forEach(one -> read.put(new Rule(traffic, one.prefixListId()), one));
      each.userIdGroupPairs().forEach(one -> read.put(new Rule(traffic, one.groupId()), one));
    }
    return read;
  }

  /**
   * Adds rules.
   *
   * @throws AwsError InvalidPermission.Duplicate for one that is there
   */
  SecurityRules add(List<IpPermission> more) {
    read(more)
        .forEach(
            (rule, peer) -> {
              if (rules.putIfAbsent(rule, peer) != null) {
                throw AwsError.badRequest(
                    "InvalidPermission.Duplicate",
                    "the specified rule \"peer: "
                        + rule.peer()
                        + ", "
                        + rule.traffic().words()
                        + ", ALLOW\" already exists");
              }
            });
    return this;
  }

  /**
   * Takes rules away.
   *
   * @throws AwsError InvalidPermission.NotFound for one that is not there
   */
  SecurityRules remove(List<IpPermission> gone) {
    for (Rule rule : read(gone).keySet()) {
      if (rules.remove(rule) == null) {
        throw AwsError.badRequest(
            "InvalidPermission.NotFound",
            "The specified rule does not exist in this security group.");
      }
    }
    return this;
  }

  /** One permission for each protocol with its ports. */
  List<IpPermission> permissions() {
    Map<Traffic, List<Object>> peers = new LinkedHashMap<>();
    rules.forEach(
        (rule, peer) -> peers.computeIfAbsent(rule.traffic(), key -> new ArrayList<>()).add(peer));
    return peers.entrySet().stream()
        .map(each -> permission(each.getKey(), each.getValue()))
        .toList();
  }

  private static IpPermission permission(Traffic traffic, List<Object> peers) {
    return IpPermission.builder()
        .ipProtocol(traffic.protocol())
        .fromPort(traffic.from())
        .toPort(traffic.to())
        .ipRanges(some(peers, IpRange.class))
        .ipv6Ranges(some(peers, Ipv6Range.class))
        .prefixListIds(some(peers, PrefixListId.class))
        .userIdGroupPairs(some(peers, UserIdGroupPair.class))
        .build();
  }

  private static <T> List<T> some(List<Object> peers, Class<T> type) {
    return peers.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
