package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.kernel.NetworkTenants.Site;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

class ReachabilityTest {
  private static final IpPermission ALL = rule("-1", -1, -1, r -> r.ipRanges(range("0.0.0.0/0")));
  private static final Site FUNCTION = new Site.Vpc("subnet-a", List.of("sg-f"), "10.0.1.7", false);

  private static IpRange range(String cidr) {
    return IpRange.builder().cidrIp(cidr).build();
  }

  private static IpPermission rule(
      String protocol, int from, int to, UnaryOperator<IpPermission.Builder> who) {
    return who.apply(IpPermission.builder().ipProtocol(protocol).fromPort(from).toPort(to)).build();
  }

  private static IpPermission mysql(String who) {
    return rule(
        "tcp",
        3306,
        3306,
        r ->
            who.startsWith("sg-")
                ? r.userIdGroupPairs(UserIdGroupPair.builder().groupId(who).build())
                : r.ipRanges(range(who)));
  }

  private static Reachability network(List<IpPermission> out, List<IpPermission> in) {
    return new Reachability(
        Map.of(
            "sg-f",
            SecurityGroup.builder().groupId("sg-f").ipPermissionsEgress(out).build(),
            "sg-d",
            SecurityGroup.builder().groupId("sg-d").ipPermissions(in).build()),
        Map.of(
            "subnet-a", subnet("vpc-1", "10.0.1.0/24"),
            "subnet-b", subnet("vpc-1", "10.0.2.0/24"),
            "subnet-c", subnet("vpc-2", "10.0.1.0/24")));
  }

  private static Subnet subnet(String vpc, String block) {
    return Subnet.builder().vpcId(vpc).cidrBlock(block).build();
  }

  private static boolean admits(Reachability network, Site client, boolean open) {
    return network.admits(client, "subnet-b", List.of("sg-d"), open, 3306);
  }

  @ParameterizedTest
  @CsvSource({
    "sg-f, sg-d, true",
    "sg-f, 10.0.2.0/24, true",
    "sg-f, 10.0.0.0/16, true",
    "10.0.1.7/32, sg-d, true",
    "10.0.0.0/16, sg-d, true",
    "sg-other, sg-d, false",
    "10.0.1.8/32, sg-d, false",
    "sg-f, 10.0.2.0/25, false",
    "sg-f, sg-other, false"
  })
  void bothSidesMustLetThePacketsPass(String in, String out, boolean admitted) {
    assertEquals(
        admitted, admits(network(List.of(mysql(out)), List.of(mysql(in))), FUNCTION, false));
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, 3306, 3306, true",
    "tcp, 3000, 4000, true",
    "6, 0, 65535, true",
    "-1, -1, -1, true",
    "tcp, 3307, 4000, false",
    "tcp, 1000, 3305, false",
    "udp, 3306, 3306, false",
    "icmp, -1, -1, false"
  })
  void aRuleIsForProtocolAndPorts(String protocol, int from, int to, boolean admitted) {
    IpPermission in = rule(protocol, from, to, r -> r.ipRanges(range("0.0.0.0/0")));
    assertEquals(admitted, admits(network(List.of(ALL), List.of(in)), FUNCTION, false));
  }

  @Test
  void nothingPassesWithoutARuleOrFromAnotherVpc() {
    assertEquals(false, admits(network(List.of(ALL), List.of()), FUNCTION, false));
    assertEquals(false, admits(network(List.of(), List.of(ALL)), FUNCTION, false));
    Site stranger = new Site.Vpc("subnet-c", List.of("sg-f"), "10.0.1.7", false);
    assertEquals(false, admits(network(List.of(ALL), List.of(ALL)), stranger, true));
    Site nowhere = new Site.Vpc("subnet-gone", List.of("sg-f"), "10.0.1.7", false);
    assertEquals(false, admits(network(List.of(ALL), List.of(ALL)), nowhere, false));
  }

  @Test
  void fromOutsideOnlyWhatIsOpenToAllIsReached() {
    Site outside = new Site.Outside();
    assertEquals(true, admits(network(List.of(), List.of(ALL)), outside, true));
    assertEquals(false, admits(network(List.of(), List.of(ALL)), outside, false));
    assertEquals(false, admits(network(List.of(), List.of(mysql("10.0.0.0/8"))), outside, true));
  }
}
