package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

class TaskNetworkTest {
  /** Two subnets and a security group of vpc-1; the others are of vpc-2. */
  private final TaskNetwork network =
      new TaskNetwork(
          new VpcNetwork() {
            @Override
            public Optional<Placement> subnet(String id) {
              return switch (id) {
                case "subnet-1", "subnet-2" ->
                    Optional.of(new Placement(id, "vpc-1", "us-east-1b", "10.42.1.16/28"));
                case "subnet-3" ->
                    Optional.of(new Placement(id, "vpc-2", "us-east-1a", "10.43.0.0/24"));
                default -> Optional.empty();
              };
            }

            @Override
            public Optional<String> vpcOfSecurityGroup(String id) {
              return switch (id) {
                case "sg-1" -> Optional.of("vpc-1");
                case "sg-3" -> Optional.of("vpc-2");
                default -> Optional.empty();
              };
            }
          });

  @Test
  void aTaskRunsInTheFirstSubnet() {
    assertEquals("subnet-1", place(List.of("subnet-1", "subnet-2"), "sg-1").subnetId());
    assertEquals("subnet-3", place(List.of("subnet-3"), "sg-3").subnetId());
  }

  @Test
  void theTenantsOfASubnetGetItsAddressesButThoseOfAws() {
    VpcNetwork.Placement subnet = place(List.of("subnet-1"), "sg-1");
    assertEquals("10.42.1.20", subnet.address(0));
    assertEquals("10.42.1.30", subnet.address(10));
    assertEquals("10.42.1.20", subnet.address(11));
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
