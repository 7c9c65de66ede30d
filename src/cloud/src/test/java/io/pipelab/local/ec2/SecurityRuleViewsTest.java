package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

class SecurityRuleViewsTest {
  private final TestEc2 ec2 = new TestEc2();
  private final String vpc = ec2.vpc("10.0.0.0/16");
  private final String group = ec2.group(vpc, "web");
  private final String peer = ec2.group(vpc, "app");

  @Test
  void whatIsAuthorizedIsAnsweredRuleByRule() {
    List<SecurityGroupRule> made = authorize();
    assertEquals(2, made.size());
    SecurityGroupRule range = made.get(0);
    assertTrue(
        range.securityGroupRuleId().matches("sgr-0[0-9a-f]{16}"), range.securityGroupRuleId());
    assertEquals("10.0.0.0/8", range.cidrIpv4());
    assertEquals("office", range.description());
    assertEquals(443, range.fromPort());
    assertEquals(peer, made.get(1).referencedGroupInfo().groupId());
    assertNotEquals(range.securityGroupRuleId(), made.get(1).securityGroupRuleId());
    // and the one that lets all out
    assertEquals(3, rules().size());
    assertTrue(rules().containsAll(made));
  }

  @Test
  void rulesAreRevokedById() {
    List<SecurityGroupRule> made = authorize();
    ec2.call(
        RevokeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .securityGroupRuleIds(made.get(0).securityGroupRuleId())
            .build());
    assertEquals(2, rules().size());
    assertTrue(rules().contains(made.get(1)));
    AwsError error =
        assertThrows(
            AwsError.class,
            () ->
                ec2.call(
                    RevokeSecurityGroupEgressRequest.builder()
                        .groupId(group)
                        .securityGroupRuleIds(made.get(1).securityGroupRuleId())
                        .build()));
    assertEquals("InvalidSecurityGroupRuleId.NotFound", error.code());
  }

  @Test
  void aRuleNamesAGroupThatIsThere() {
    AwsError error = assertThrows(AwsError.class, () -> ec2.letIn(group, "sg-0", 80));
    assertEquals("InvalidGroup.NotFound", error.code());
    assertEquals("The security group 'sg-0' does not exist", error.getMessage());
  }

  private List<SecurityGroupRule> authorize() {
    AuthorizeSecurityGroupIngressResponse response =
        ec2.call(
            AuthorizeSecurityGroupIngressRequest.builder()
                .groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .ipRanges(range -> range.cidrIp("10.0.0.0/8").description("office"))
                        .userIdGroupPairs(pair -> pair.groupId(peer))
                        .build())
                .build());
    return response.securityGroupRules();
  }

  private List<SecurityGroupRule> rules() {
    DescribeSecurityGroupRulesResponse response =
        ec2.call(
            DescribeSecurityGroupRulesRequest.builder()
                .filters(filter -> filter.name("group-id").values(group))
                .build());
    return response.securityGroupRules();
  }
}
