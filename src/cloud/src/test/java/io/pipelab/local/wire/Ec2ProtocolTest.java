package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

class Ec2ProtocolTest {
  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "ec2",
              new Actions()
                  .on(DescribeVpcsRequest.class, this::describe)
                  .on(CreateVpcRequest.class, this::create)
                  .on(AuthorizeSecurityGroupIngressRequest.class, this::authorize)
                  .on(DeleteVpcRequest.class, Ec2ProtocolTest::delete)));
  private final Ec2Client ec2 = gateway.client(Ec2Client.builder());

  @AfterEach
  void close() {
    ec2.close();
    gateway.close();
  }

  private DescribeVpcsResponse describe(DescribeVpcsRequest request) {
    seen.add(request);
    return DescribeVpcsResponse.builder()
        .vpcs(
            Vpc.builder()
                .vpcId("vpc-1")
                .cidrBlock("10.0.0.0/16")
                .isDefault(false)
                .tags(Tag.builder().key("Name").value("lab").build())
                .build())
        .build();
  }

  private CreateVpcResponse create(CreateVpcRequest request) {
    seen.add(request);
    return CreateVpcResponse.builder().vpc(v -> v.vpcId("vpc-2")).build();
  }

  private AuthorizeSecurityGroupIngressResponse authorize(
      AuthorizeSecurityGroupIngressRequest request) {
    seen.add(request);
    return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
  }

  private static DeleteVpcResponse delete(DeleteVpcRequest request) {
    throw AwsError.badRequest("InvalidVpcID.NotFound", "The vpc ID 'x' does not exist");
  }

  @Test
  void readsFlatListsAndWritesItems() {
    DescribeVpcsRequest request =
        DescribeVpcsRequest.builder()
            .vpcIds("vpc-1", "vpc-2")
            .filters(Filter.builder().name("tag:Name").values("a", "b").build())
            .build();
    Vpc vpc = ec2.describeVpcs(request).vpcs().get(0);
    assertEquals(request, seen.get(0));
    assertEquals("vpc-1", vpc.vpcId());
    assertEquals("lab", vpc.tags().get(0).value());
  }

  @Test
  void readsNestedStructures() {
    CreateVpcRequest request =
        CreateVpcRequest.builder()
            .cidrBlock("10.0.0.0/16")
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType("vpc")
                    .tags(Tag.builder().key("k").value("v").build())
                    .build())
            .build();
    assertEquals("vpc-2", ec2.createVpc(request).vpc().vpcId());
    assertEquals(request, seen.get(0));

    AuthorizeSecurityGroupIngressRequest ingress =
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId("sg-1")
            .ipPermissions(
                IpPermission.builder()
                    .ipProtocol("tcp")
                    .fromPort(80)
                    .toPort(81)
                    .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                    .build())
            .build();
    assertEquals(true, ec2.authorizeSecurityGroupIngress(ingress).returnValue());
    assertEquals(ingress, seen.get(1));
  }

  @Test
  void errorsHaveEc2sShape() {
    Ec2Exception error = assertThrows(Ec2Exception.class, () -> ec2.deleteVpc(r -> r.vpcId("x")));
    assertEquals("InvalidVpcID.NotFound", error.awsErrorDetails().errorCode());
    assertEquals("The vpc ID 'x' does not exist", error.awsErrorDetails().errorMessage());
    assertEquals(400, error.statusCode());
  }
}
