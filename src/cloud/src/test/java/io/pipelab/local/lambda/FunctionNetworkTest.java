package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.VpcConfig;

class FunctionNetworkTest {
  private LambdaFixture fixture;

  @BeforeEach
  void start(@TempDir Path directory) {
    fixture = new LambdaFixture(directory);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aFunctionShowsItsVpcAndHasAnInterfaceInEachSubnet() throws Exception {
    CreateFunctionResponse created = create("one", List.of("subnet-1", "subnet-2"), "sg-1");

    assertEquals("vpc-1", created.vpcConfig().vpcId());
    assertEquals(List.of("subnet-1", "subnet-2"), created.vpcConfig().subnetIds());
    assertEquals(List.of("sg-1"), created.vpcConfig().securityGroupIds());
    assertEquals("vpc-1", configuration("one").vpcConfig().vpcId());
    assertEquals(2, fixture.network.interfaces.size());
    NetworkInterfaces.Wanted wanted = fixture.network.interfaces.values().iterator().next();
    assertEquals("lambda", wanted.type());
    assertTrue(
        wanted.description().matches("AWS Lambda VPC ENI-one-[0-9a-f-]{36}"), wanted.description());
  }

  @Test
  void functionsOfTheSameSubnetAndGroupsShareAnInterfaceUntilTheLastIsGone() throws Exception {
    create("one", List.of("subnet-1"), "sg-1", "sg-2");
    create("two", List.of("subnet-1"), "sg-2", "sg-1");
    assertEquals(1, fixture.network.interfaces.size());
    create("three", List.of("subnet-1"), "sg-1");
    assertEquals(2, fixture.network.interfaces.size());

    delete("one");
    assertEquals(2, fixture.network.interfaces.size());
    delete("two");
    assertEquals(1, fixture.network.interfaces.size());
    delete("three");
    assertEquals(0, fixture.network.interfaces.size());
  }

  @Test
  void aVersionKeepsItsInterfaceWhenTheFunctionLeavesTheVpc() throws Exception {
    create("one", List.of("subnet-1"), "sg-1");
    fixture.call(PublishVersionRequest.builder().functionName("one").build());
    change(vpc -> vpc.subnetIds(List.of()).securityGroupIds(List.of()));

    assertEquals("", configuration("one").vpcConfig().vpcId());
    assertEquals(1, fixture.network.interfaces.size());
    fixture.call(DeleteFunctionRequest.builder().functionName("one").qualifier("1").build());
    assertEquals(0, fixture.network.interfaces.size());
  }

  @Test
  void whatIsWrongIsSaidInAwssWordsAndLeavesNothing() throws Exception {
    assertEquals(
        "SubnetIds and SecurityIds must coexist or be both empty list.",
        refusal("works", List.of("subnet-1")));
    assertEquals(
        "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error"
            + " Message: The subnet ID 'subnet-9' does not exist",
        refusal("works", List.of("subnet-9"), "sg-1"));
    assertEquals(
        "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2"
            + " Error Message: The security group 'sg-9' does not exist",
        refusal("works", List.of("subnet-1"), "sg-9"));
    assertEquals(
        "Security Groups are required to be in the same VPC.",
        refusal("works", List.of("subnet-1"), "sg-3"));
    assertEquals(
        "Subnets are required to be in the same VPC.",
        refusal("works", List.of("subnet-1", "subnet-3"), "sg-1"));
    assertEquals(
        "The provided execution role does not have permissions to call CreateNetworkInterface on"
            + " EC2",
        refusal("bare", List.of("subnet-1"), "sg-1"));
    assertEquals(0, fixture.network.interfaces.size());
  }

  @Test
  void aRoleMayMakeFindAndDeleteInterfaces() throws Exception {
    for (String action :
        List.of("CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface")) {
      assertEquals(
          "The provided execution role does not have permissions to call " + action + " on EC2",
          refusal("no-" + action, List.of("subnet-1"), "sg-1"));
    }
    assertEquals(0, fixture.network.interfaces.size());
  }

  @Test
  void aFunctionInAVpcKeepsARoleThatMayMakeInterfaces() throws Exception {
    create("one", List.of("subnet-1"), "sg-1");
    AwsError error =
        assertThrows(
            AwsError.class,
            () ->
                fixture.call(
                    UpdateFunctionConfigurationRequest.builder()
                        .functionName("one")
                        .role(fixture.cloud.globalArn("iam", "role/bare"))
                        .build()));
    assertEquals("InvalidParameterValueException", error.code());
    assertEquals(fixture.cloud.globalArn("iam", "role/works"), configuration("one").role());
  }

  @Test
  void aFunctionOutsideStaysWithoutVpcConfig() throws Exception {
    fixture.call(fixture.plain("one").build());
    change(vpc -> vpc.subnetIds(List.of()).securityGroupIds(List.of()));
    assertNull(configuration("one").vpcConfig());
  }

  private CreateFunctionResponse create(String name, List<String> subnets, String... groups)
      throws Exception {
    return fixture.call(
        fixture
            .plain(name)
            .vpcConfig(vpc -> vpc.subnetIds(subnets).securityGroupIds(groups))
            .build());
  }

  private void delete(String name) {
    fixture.call(DeleteFunctionRequest.builder().functionName(name).build());
  }

  private void change(Consumer<VpcConfig.Builder> vpc) {
    fixture.call(
        UpdateFunctionConfigurationRequest.builder().functionName("one").vpcConfig(vpc).build());
  }

  private GetFunctionConfigurationResponse configuration(String name) {
    return fixture.call(GetFunctionConfigurationRequest.builder().functionName(name).build());
  }

  private String refusal(String role, List<String> subnets, String... groups) throws Exception {
    var request =
        fixture
            .plain("refused")
            .role(fixture.cloud.globalArn("iam", "role/" + role))
            .vpcConfig(vpc -> vpc.subnetIds(subnets).securityGroupIds(groups))
            .build();
    AwsError error = assertThrows(AwsError.class, () -> fixture.call(request));
    assertEquals("InvalidParameterValueException", error.code());
    return String.valueOf(error.getMessage());
  }
}
