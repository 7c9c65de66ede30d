package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.FakeNetwork;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

class TaskNetworkTest {
  /** Two subnets and a security group of vpc-1; the others are of vpc-2. */
  private final FakeNetwork vpcs =
      new FakeNetwork()
          .subnet("subnet-1", "vpc-1", "us-east-1b", "10.42.1.16/28")
          .subnet("subnet-2", "vpc-1", "us-east-1b", "10.42.1.16/28")
          .subnet("subnet-3", "vpc-2", "us-east-1a", "10.43.0.0/24")
          .group("sg-1", "vpc-1")
          .group("sg-3", "vpc-2");

  private final TaskNetwork network = new TaskNetwork(vpcs, vpcs, TestEcs.IDENTITY);

  @Test
  void aTaskRunsInTheFirstSubnet() {
    assertEquals("subnet-1", place(List.of("subnet-1", "subnet-2"), "sg-1").subnetId());
    assertEquals("subnet-3", place(List.of("subnet-3"), "sg-3").subnetId());
  }

  @Test
  void aTaskHasAnInterfaceInItsGroupsOrInTheDefaultOne() {
    VpcNetwork.Placement subnet = place(List.of("subnet-1"), "sg-1");
    AwsVpcConfiguration named =
        AwsVpcConfiguration.builder()
            .subnets("subnet-1")
            .securityGroups("sg-1")
            .assignPublicIp(AssignPublicIp.ENABLED)
            .build();
    NetworkInterfaces.Made open = network.attach(subnet, named, "1234");
    assertEquals(
        new NetworkInterfaces.Wanted(
            "subnet-1",
            List.of("sg-1"),
            "interface",
            TestEcs.IDENTITY.arn("ecs", "attachment/1234"),
            "amazon-ecs",
            true),
        vpcs.interfaces.get(open.id()));
    assertEquals(
        new NetworkTenants.Site.Vpc("subnet-1", List.of("sg-1"), open.address(), true),
        network.site(subnet, named, open));

    AwsVpcConfiguration bare = AwsVpcConfiguration.builder().subnets("subnet-1").build();
    NetworkInterfaces.Made hidden = network.attach(subnet, bare, "5678");
    assertEquals(
        new NetworkTenants.Site.Vpc(
            "subnet-1", List.of("sg-default-vpc-1"), hidden.address(), false),
        network.site(subnet, bare, hidden));
  }

  @Test
  void whatDoesNotExistIsRefusedInTheWordsOfBothServices() {
    assertRefused(
        "Error retrieving subnet information for [subnet-1, subnet-9]: The subnet ID 'subnet-9'"
            + " does not exist (ErrorCode: InvalidSubnetID.NotFound)",
        List.of("subnet-1", "subnet-9"),
        "sg-1");
    assertRefused(
        "Error retrieving security group information for [sg-9]: The security group 'sg-9' does"
            + " not exist (ErrorCode: InvalidGroup.NotFound)",
        List.of("subnet-1"),
        "sg-9");
  }

  @Test
  void everythingIsOfOneVpc() {
    assertRefused(
        "Security group sg-3 does not appear to belong to the same VPC as the input subnets.",
        List.of("subnet-1"),
        "sg-3");
    assertRefused(
        "The input subnets [subnet-1, subnet-3] do not belong to the same VPC.",
        List.of("subnet-1", "subnet-3"),
        "sg-1");
  }

  private void assertRefused(String message, List<String> subnets, String group) {
    AwsError error = assertThrows(AwsError.class, () -> place(subnets, group));
    assertEquals("InvalidParameterException", error.code());
    assertEquals(message, error.getMessage());
  }

  private VpcNetwork.Placement place(List<String> subnets, String group) {
    return network.place(
        NetworkConfiguration.builder()
            .awsvpcConfiguration(vpc -> vpc.subnets(subnets).securityGroups(group))
            .build());
  }
}
