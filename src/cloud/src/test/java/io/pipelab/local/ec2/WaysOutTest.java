package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pipelab.local.kernel.NetworkTenants.Site;
import io.pipelab.local.kernel.ServiceRoutes;
import io.pipelab.local.kernel.ServiceRoutes.Way;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;

class WaysOutTest {
  private final TestEc2 ec2 = new TestEc2();
  private final ServiceRoutes routes = ec2.service().serviceRoutes();
  private final String vpc = ec2.vpc("10.0.0.0/16");
  private final String subnet = ec2.subnet(vpc, "10.0.1.0/24");
  private final String group = ec2.group(vpc, "function");
  private final Site.Vpc function = new Site.Vpc(subnet, List.of(group), "10.0.1.4", false);
  private final Site.Vpc task = new Site.Vpc(subnet, List.of(group), "10.0.1.5", true);

  @Test
  void fromOutsideEverythingIsReached() {
    assertEquals(new Way.Open(), routes.way(new Site.Outside(), "sns"));
  }

  @Test
  void withoutAWayOutNothingIsReached() {
    assertEquals(new Way.Blocked(), routes.way(function, "sns"));
    assertEquals(new Way.Blocked(), routes.way(task, "sns"));
  }

  @Test
  void aRouteToTheInternetIsForThoseWithAPublicAddress() {
    String gateway = ec2.internetGateway(vpc);
    route(ec2.routeTable(vpc, subnet), gateway, null);
    assertEquals(new Way.Open(), routes.way(task, "sns"));
    assertEquals(new Way.Blocked(), routes.way(function, "sns"));
    ec2.call(DetachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(gateway).build());
    assertEquals(new Way.Blocked(), routes.way(task, "sns"));
  }

  @Test
  void aNatGatewayIsAWayForAll() {
    String open = ec2.subnet(vpc, "10.0.9.0/24");
    route(ec2.routeTable(vpc, open), ec2.internetGateway(vpc), null);
    AllocateAddressResponse address = ec2.call(AllocateAddressRequest.builder().build());
    CreateNatGatewayResponse nat =
        ec2.call(
            CreateNatGatewayRequest.builder()
                .subnetId(open)
                .allocationId(address.allocationId())
                .build());
    String id = nat.natGateway().natGatewayId();
    route(ec2.routeTable(vpc, subnet), null, id);
    assertEquals(new Way.Open(), routes.way(function, "sns"));
    ec2.call(DeleteNatGatewayRequest.builder().natGatewayId(id).build());
    assertEquals(new Way.Blocked(), routes.way(function, "sns"));
  }

  @Test
  void anInterfaceLetsInWhomItsGroupLetsIn() {
    ec2.dnsOn(vpc);
    String endpoint = ec2.group(vpc, "endpoint");
    ec2.call(
        CreateVpcEndpointRequest.builder()
            .vpcId(vpc)
            .serviceName("com.amazonaws.us-east-1.sns")
            .vpcEndpointType("Interface")
            .subnetIds(subnet)
            .securityGroupIds(endpoint)
            .build());
    assertEquals(new Way.Blocked(), routes.way(function, "sns"));
    ec2.letIn(endpoint, group, 443);
    Way.ThroughEndpoint way =
        assertInstanceOf(Way.ThroughEndpoint.class, routes.way(function, "sns"));
    assertEquals(vpc, way.vpcId());
    assertEquals("10.0.1.4", way.address());
    assertEquals(Endpoints.FULL_ACCESS, way.policy());
    assertEquals(new Way.Blocked(), routes.way(function, "sqs"));
    shut();
    assertEquals(new Way.Blocked(), routes.way(function, "sns"));
  }

  @Test
  void aGatewayEndpointIsForTheSubnetsOfItsTables() {
    ec2.call(
        CreateVpcEndpointRequest.builder()
            .vpcId(vpc)
            .serviceName("com.amazonaws.us-east-1.s3")
            .routeTableIds(ec2.routeTable(vpc, subnet))
            .build());
    assertInstanceOf(Way.ThroughEndpoint.class, routes.way(function, "s3"));
    assertEquals(new Way.Blocked(), routes.way(function, "dynamodb"));
    String other = ec2.subnet(vpc, "10.0.2.0/24");
    assertEquals(
        new Way.Blocked(),
        routes.way(new Site.Vpc(other, List.of(group), "10.0.2.4", false), "s3"));
    shut();
    assertEquals(new Way.Blocked(), routes.way(function, "s3"));
  }

  private void route(String table, @Nullable String gateway, @Nullable String nat) {
    ec2.call(
        CreateRouteRequest.builder()
            .routeTableId(table)
            .destinationCidrBlock("0.0.0.0/0")
            .gatewayId(gateway)
            .natGatewayId(nat)
            .build());
  }

  /** Lets nothing out of the function's group. */
  private void shut() {
    ec2.call(
        RevokeSecurityGroupEgressRequest.builder()
            .groupId(group)
            .ipPermissions(rule -> rule.ipProtocol("-1").ipRanges(r -> r.cidrIp("0.0.0.0/0")))
            .build());
  }
}
