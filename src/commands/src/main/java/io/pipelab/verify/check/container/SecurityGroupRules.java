package io.pipelab.verify.check.container;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * A security group has these rules and no others; a rule is written {@code "tcp 443 0.0.0.0/0"}.
 */
public record SecurityGroupRules(String group, List<String> ingress, Optional<List<String>> egress)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("security-group-rules")
          .needs("group", "ingress")
          .takes("egress")
          .madeBy(
              settings ->
                  new SecurityGroupRules(
                      settings.text("group"),
                      settings.texts("ingress"),
                      settings.has("egress")
                          ? Optional.of(settings.texts("egress"))
                          : Optional.empty()));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "in: " + words(ingress) + egress.map(rules -> "; out: " + words(rules)).orElse(""));
    List<SecurityGroup> found;
    try {
      found =
          scope
              .clients()
              .ec2()
              .describeSecurityGroups(describe -> describe.groupIds(group))
              .securityGroups();
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().startsWith("InvalidGroup")) {
        return claim.lacks("there is no security group " + group);
      }
      throw e;
    }
    if (found.isEmpty()) {
      return claim.lacks("there is no security group " + group);
    }
    List<String> in = rules(found.get(0).ipPermissions());
    List<String> out = rules(found.get(0).ipPermissionsEgress());
    String actual = "in: " + words(in) + egress.map(rules -> "; out: " + words(out)).orElse("");
    boolean same =
        in.equals(sorted(ingress)) && egress.map(rules -> out.equals(sorted(rules))).orElse(true);
    return same ? claim.holds(actual) : claim.never(actual).fixedBy(fix(in, out));
  }

  /** Takes each rule away that is not expected, and adds each that is missing. */
  private ShellCommand fix(List<String> in, List<String> out) {
    List<List<String>> calls = new ArrayList<>();
    change(calls, "revoke", "ingress", without(in, ingress));
    change(calls, "authorize", "ingress", without(ingress, in));
    egress.ifPresent(
        rules -> {
          change(calls, "revoke", "egress", without(out, rules));
          change(calls, "authorize", "egress", without(rules, out));
        });
    return new ShellCommand(calls);
  }

  private void change(List<List<String>> calls, String verb, String way, List<String> rules) {
    for (String rule : rules) {
      String json = PolicyJson.text(List.of(permission(rule)));
      calls.add(
          List.of(
              "aws",
              "ec2",
              verb + "-security-group-" + way,
              "--group-id",
              group,
              "--ip-permissions",
              json));
    }
  }

  private static List<String> without(List<String> rules, List<String> others) {
    return rules.stream().filter(rule -> !others.contains(rule)).toList();
  }

  /** A rule's words as EC2's IpPermission. */
  private static Map<String, Object> permission(String rule) {
    String[] words = rule.split(" ");
    Map<String, Object> permission = new LinkedHashMap<>();
    permission.put("IpProtocol", words[0].equals("all") ? "-1" : words[0]);
    if (words.length == 3) {
      String[] ports = words[1].split("-", 2);
      permission.put("FromPort", Integer.valueOf(ports[0]));
      permission.put("ToPort", Integer.valueOf(ports[ports.length - 1]));
    }
    String peer = words[words.length - 1];
    if (peer.startsWith("sg-")) {
      permission.put("UserIdGroupPairs", List.of(Map.of("GroupId", peer)));
    } else if (peer.startsWith("pl-")) {
      permission.put("PrefixListIds", List.of(Map.of("PrefixListId", peer)));
    } else if (peer.contains(":")) {
      permission.put("Ipv6Ranges", List.of(Map.of("CidrIpv6", peer)));
    } else {
      permission.put("IpRanges", List.of(Map.of("CidrIp", peer)));
    }
    return permission;
  }

  private static String words(List<String> rules) {
    return rules.isEmpty() ? "nothing" : String.join(", ", rules);
  }

  private static List<String> sorted(List<String> rules) {
    return rules.stream().sorted().toList();
  }

  private static List<String> rules(List<IpPermission> permissions) {
    List<String> rules = new ArrayList<>();
    for (IpPermission permission : permissions) {
      String what = protocol(permission) + ports(permission) + " ";
      peers(permission).forEach(peer -> rules.add(what + peer));
    }
    return sorted(rules);
  }

  private static String protocol(IpPermission permission) {
    return "-1".equals(permission.ipProtocol()) ? "all" : permission.ipProtocol();
  }

  private static String ports(IpPermission permission) {
    Integer from = permission.fromPort();
    Integer to = permission.toPort();
    if (from == null || to == null || from == -1) {
      return "";
    }
    return " " + (from.equals(to) ? from : from + "-" + to);
  }

  private static Stream<String> peers(IpPermission permission) {
    return Stream.of(
            permission.ipRanges().stream().map(range -> range.cidrIp()),
            permission.ipv6Ranges().stream().map(range -> range.cidrIpv6()),
            permission.prefixListIds().stream().map(list -> list.prefixListId()),
            permission.userIdGroupPairs().stream().map(pair -> pair.groupId()))
        .flatMap(peer -> peer);
  }
}
