package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** DescribeSecurityGroupRules. */
final class SecurityRuleActions {
  private static final Filters<SecurityGroupRule> FILTERS =
      new Filters<>(
          Map.of(
              "group-id", rule -> List.of(rule.groupId()),
              "security-group-rule-id", rule -> List.of(rule.securityGroupRuleId())),
          SecurityGroupRule::tags);

  private final Network network;

  SecurityRuleActions(Network network) {
    this.network = network;
  }

  void addTo(Actions actions) {
    actions.on(DescribeSecurityGroupRulesRequest.class, this::describe);
  }

  private DescribeSecurityGroupRulesResponse describe(DescribeSecurityGroupRulesRequest request) {
    List<SecurityGroupRule> all =
        network.securityGroups.values().stream()
            .flatMap(group -> SecurityRuleViews.of(group).stream())
            .map(SecurityRuleViews.View::rule)
            .toList();
    List<String> ids = request.securityGroupRuleIds();
    for (String id : ids) {
      if (all.stream().noneMatch(rule -> rule.securityGroupRuleId().equals(id))) {
        throw AwsError.badRequest(
            "InvalidSecurityGroupRuleId.NotFound",
            "The security group rule ID '" + id + "' does not exist");
      }
    }
    Listing<SecurityGroupRule> page =
        Listing.of(
            FILTERS.select(all, request.filters()).stream()
                .filter(rule -> ids.isEmpty() || ids.contains(rule.securityGroupRuleId()))
                .toList(),
            SecurityGroupRule::securityGroupRuleId,
            request.maxResults(),
            request.nextToken());
    return DescribeSecurityGroupRulesResponse.builder()
        .securityGroupRules(page.items())
        .nextToken(page.next())
        .build();
  }
}
