package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

class EndpointsTest {
  private static final String SNS = "com.amazonaws.us-east-1.sns";
  private static final String S3 = "com.amazonaws.us-east-1.s3";

  private final TestEc2 ec2 = new TestEc2();
  private final String vpc = ec2.vpc("10.0.0.0/16");
  private final String subnet = ec2.subnet(vpc, "10.0.1.0/24");
  private final String group = ec2.group(vpc, "endpoint");

  @Test
  void anInterfaceHasAnAddressInEachSubnetAndTheServicesName() {
    ec2.dnsOn(vpc);
    VpcEndpoint made = create(SNS, r -> r.vpcEndpointType("Interface").subnetIds(subnet));
    assertEquals("pending", made.stateAsString());
    VpcEndpoint seen = seen(made);
    assertEquals("available", seen.stateAsString());
    assertEquals(1, seen.networkInterfaceIds().size());
    assertTrue(seen.privateDnsEnabled());
    assertEquals(
        "sns.us-east-1.amazonaws.com",
        seen.dnsEntries().stream().map(DnsEntry::dnsName).reduce((a, b) -> b).orElseThrow());
    assertRefused(
        "DependencyViolation",
        "The subnet '" + subnet + "' has dependencies and cannot be deleted.",
        () -> ec2.call(DeleteSubnetRequest.builder().subnetId(subnet).build()));

    ec2.call(DeleteVpcEndpointsRequest.builder().vpcEndpointIds(made.vpcEndpointId()).build());
    ec2.call(DeleteSubnetRequest.builder().subnetId(subnet).build());
  }

  @Test
  void privateDnsNeedsBothSwitchesAndAFreeName() {
    Consumer<CreateVpcEndpointRequest.Builder> named =
        r -> r.vpcEndpointType("Interface").subnetIds(subnet).privateDnsEnabled(true);
    assertRefused(
        "InvalidParameter",
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes"
            + " set to true for "
            + vpc,
        () -> create(SNS, named));
    ec2.dnsOn(vpc);
    create(SNS, named);
    assertRefused(
        "InvalidParameter",
        "private-dns-enabled cannot be set because there is already a conflicting DNS domain for"
            + " sns.us-east-1.amazonaws.com in the VPC "
            + vpc,
        () -> create(SNS, named));
    create(SNS, named.andThen(r -> r.privateDnsEnabled(false)));
    ec2.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsSupport(value -> value.value(false))
            .build());
    assertRefused(
        "InvalidParameter",
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes"
            + " set to true for "
            + vpc,
        () -> create("com.amazonaws.us-east-1.sqs", named));
  }

  @Test
  void anEndpointHasOneSubnetAZone() {
    String other = ec2.subnet(vpc, "10.0.2.0/24");
    assertRefused(
        "DuplicateSubnetsInSameZone",
        "Found another VPC endpoint subnet in the availability zone of "
            + other
            + ". VPC endpoint subnets should be in different availability zones supported by the"
            + " VPC endpoint service.",
        () ->
            create(
                SNS,
                r ->
                    r.vpcEndpointType("Interface")
                        .privateDnsEnabled(false)
                        .subnetIds(subnet, other)));
  }

  @Test
  void aServiceHasItsTypesOfEndpoints() {
    assertRefused(
        "InvalidParameter",
        "Endpoint type (Gateway) does not match available service types ([Interface]).",
        () -> create(SNS, r -> {}));
    assertRefused(
        "InvalidServiceName",
        "The Vpc Endpoint Service 'com.amazonaws.eu-west-1.sns' does not exist",
        () -> create("com.amazonaws.eu-west-1.sns", r -> {}));
  }

  @Test
  void aGatewayIsARouteOfItsTables() {
    String table = ec2.routeTable(vpc);
    VpcEndpoint made = create(S3, r -> r.routeTableIds(table));
    assertEquals("available", made.stateAsString());
    assertEquals(List.of("local", made.vpcEndpointId()), targets(table));
    assertRefused(
        "RouteAlreadyExists",
        "route table " + table + " already has a route with destination-prefix-list-id pl-63a5400a",
        () -> create(S3, r -> r.routeTableIds(table)));
    ec2.call(
        ModifyVpcEndpointRequest.builder()
            .vpcEndpointId(made.vpcEndpointId())
            .removeRouteTableIds(table)
            .build());
    assertEquals(List.of("local"), targets(table));
  }

  @Test
  void anEndpointIsChanged() {
    ec2.dnsOn(vpc);
    VpcEndpoint made =
        create(
            SNS,
            r ->
                r.vpcEndpointType("Interface")
                    .subnetIds(subnet)
                    .securityGroupIds(group)
                    .policyDocument("{\"Statement\":[]}"));
    String before = seen(made).networkInterfaceIds().get(0);
    String elsewhere = ec2.subnet(vpc, "10.0.3.0/24", "us-east-1b");
    String other = ec2.group(vpc, "other");
    ec2.call(
        ModifyVpcEndpointRequest.builder()
            .vpcEndpointId(made.vpcEndpointId())
            .addSubnetIds(elsewhere)
            .removeSubnetIds(subnet)
            .addSecurityGroupIds(other)
            .removeSecurityGroupIds(group)
            .privateDnsEnabled(false)
            .resetPolicy(true)
            .build());
    VpcEndpoint after = seen(made);
    assertEquals(List.of(elsewhere), after.subnetIds());
    assertEquals(other, after.groups().get(0).groupId());
    assertFalse(after.privateDnsEnabled());
    assertFalse(after.networkInterfaceIds().contains(before));
    assertEquals(Endpoints.FULL_ACCESS, after.policyDocument());
    assertRefused(
        "InvalidPolicyDocument",
        "Invalid policy document: the policy has no Statement",
        () ->
            ec2.call(
                ModifyVpcEndpointRequest.builder()
                    .vpcEndpointId(made.vpcEndpointId())
                    .policyDocument("{}")
                    .build()));
  }

  private VpcEndpoint create(String service, Consumer<CreateVpcEndpointRequest.Builder> more) {
    CreateVpcEndpointRequest.Builder request =
        CreateVpcEndpointRequest.builder().vpcId(vpc).serviceName(service);
    more.accept(request);
    CreateVpcEndpointResponse response = ec2.call(request.build());
    return response.vpcEndpoint();
  }

  private VpcEndpoint seen(VpcEndpoint made) {
    DescribeVpcEndpointsResponse response =
        ec2.call(
            DescribeVpcEndpointsRequest.builder().vpcEndpointIds(made.vpcEndpointId()).build());
    return response.vpcEndpoints().get(0);
  }

  private List<String> targets(String table) {
    DescribeRouteTablesResponse response =
        ec2.call(DescribeRouteTablesRequest.builder().routeTableIds(table).build());
    return response.routeTables().get(0).routes().stream().map(Route::gatewayId).toList();
  }

  private static void assertRefused(String code, String message, Runnable call) {
    AwsError error = assertThrows(AwsError.class, call::run);
    assertEquals(code, error.code());
    assertEquals(message, error.getMessage());
  }
}
