package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;

class NatGatewaysTest {
  private final TestEc2 ec2 = new TestEc2();
  private final String vpc = ec2.vpc("10.0.0.0/16");
  private final String subnet = ec2.subnet(vpc, "10.0.1.0/24");

  @Test
  void aGatewayHasTheElasticAddress() {
    ec2.internetGateway(vpc);
    AllocateAddressResponse address = allocate();
    NatGateway made = create(address.allocationId());
    assertEquals("pending", made.stateAsString());
    NatGateway seen = seen(made.natGatewayId());
    assertEquals("available", seen.stateAsString());
    assertEquals(address.publicIp(), seen.natGatewayAddresses().get(0).publicIp());
    assertEquals("10.0.1.4", seen.natGatewayAddresses().get(0).privateIp());
    assertRefused("InvalidIPAddress.InUse", () -> release(address.allocationId()));
    assertRefused("Resource.AlreadyAssociated", () -> create(address.allocationId()));
  }

  @Test
  void aDeletedGatewayFreesItsAddress() {
    String gateway = ec2.internetGateway(vpc);
    DetachInternetGatewayRequest detach =
        DetachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(gateway).build();
    AllocateAddressResponse address = allocate();
    NatGateway made = create(address.allocationId());
    assertRefused("DependencyViolation", () -> ec2.call(detach));
    ec2.call(DeleteNatGatewayRequest.builder().natGatewayId(made.natGatewayId()).build());
    assertRefused("NatGatewayNotFound", () -> seen(made.natGatewayId()));
    DescribeAddressesResponse found = ec2.call(DescribeAddressesRequest.builder().build());
    Address free = found.addresses().get(0);
    assertNull(free.associationId());
    release(address.allocationId());
    ec2.call(detach);
  }

  @Test
  void aGatewayWithoutAWayOutFails() {
    NatGateway seen = seen(create(allocate().allocationId()).natGatewayId());
    assertEquals("failed", seen.stateAsString());
    assertEquals("Gateway.NotAttached", seen.failureCode());
    assertEquals("Network " + vpc + " has no Internet gateway attached", seen.failureMessage());
  }

  @Test
  void anAccountHasFiveAddresses() {
    for (int i = 0; i < 5; i++) {
      allocate();
    }
    assertRefused("AddressLimitExceeded", this::allocate);
  }

  private AllocateAddressResponse allocate() {
    return ec2.call(AllocateAddressRequest.builder().domain("vpc").build());
  }

  private void release(String id) {
    ec2.call(ReleaseAddressRequest.builder().allocationId(id).build());
  }

  private NatGateway create(String allocation) {
    CreateNatGatewayResponse response =
        ec2.call(
            CreateNatGatewayRequest.builder().subnetId(subnet).allocationId(allocation).build());
    return response.natGateway();
  }

  private NatGateway seen(String id) {
    DescribeNatGatewaysResponse response =
        ec2.call(DescribeNatGatewaysRequest.builder().natGatewayIds(id).build());
    return response.natGateways().get(0);
  }

  private static void assertRefused(String code, Runnable call) {
    assertEquals(code, assertThrows(AwsError.class, call::run).code());
  }
}
