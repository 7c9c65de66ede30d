package io.pipelab.local.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces.Made;
import io.pipelab.local.kernel.NetworkInterfaces.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

class InterfacesTest {
  private final TestEc2 ec2 = new TestEc2();
  private final String vpc = ec2.vpc("10.0.0.0/16");
  private final String subnet = ec2.subnet(vpc, "10.0.1.0/28");
  private final String group = ec2.group(vpc, "app");

  @Test
  void anInterfaceHasAnAddressOfItsSubnetThatNoOtherHas() {
    Made one = make("lambda", false);
    assertEquals("10.0.1.4", one.address());
    assertEquals(Optional.empty(), one.publicAddress());
    Made two = make("interface", true);
    assertEquals("10.0.1.5", two.address());
    assertTrue(two.publicAddress().orElseThrow().startsWith("198.18."));

    ec2.interfaces().delete(one.id());
    assertEquals("10.0.1.6", make("interface", false).address());
  }

  @Test
  void aFullSubnetHasNoMoreAddresses() {
    Made first = make("interface", false);
    for (int i = 1; i < 11; i++) {
      make("interface", false);
    }
    assertEquals(
        "InsufficientFreeAddressesInSubnet",
        assertThrows(AwsError.class, () -> make("interface", false)).code());
    ec2.interfaces().delete(first.id());
    assertEquals(first.address(), make("interface", false).address());
  }

  @Test
  void whatIsInUseCannotBeDeleted() {
    Made one = make("lambda", false);
    AwsError subnetInUse =
        assertThrows(
            AwsError.class, () -> ec2.call(DeleteSubnetRequest.builder().subnetId(subnet).build()));
    assertEquals("DependencyViolation", subnetInUse.code());
    assertEquals(
        "The subnet '" + subnet + "' has dependencies and cannot be deleted.",
        subnetInUse.getMessage());
    AwsError groupInUse =
        assertThrows(
            AwsError.class,
            () -> ec2.call(DeleteSecurityGroupRequest.builder().groupId(group).build()));
    assertEquals("DependencyViolation", groupInUse.code());
    assertEquals("resource " + group + " has a dependent object", groupInUse.getMessage());

    ec2.interfaces().delete(one.id());
    ec2.call(DeleteSubnetRequest.builder().subnetId(subnet).build());
    ec2.call(DeleteSecurityGroupRequest.builder().groupId(group).build());
  }

  @Test
  void aGroupThatAnotherNamesCannotBeDeleted() {
    String other = ec2.group(vpc, "database");
    ec2.letIn(other, group, 3306);
    assertEquals(
        "DependencyViolation",
        assertThrows(
                AwsError.class,
                () -> ec2.call(DeleteSecurityGroupRequest.builder().groupId(group).build()))
            .code());
    ec2.call(DeleteSecurityGroupRequest.builder().groupId(other).build());
    ec2.call(DeleteSecurityGroupRequest.builder().groupId(group).build());
  }

  @Test
  void anInterfaceGoesToOtherGroups() {
    Made one = make("interface", false);
    String other = ec2.group(vpc, "other");
    ec2.interfaces().regroup(one.id(), List.of(other));
    assertEquals(List.of(one.id()), ids("group-id", other));
    assertEquals(List.of(), ids("group-id", group));
  }

  @Test
  void interfacesAreListedByFilterAndByPage() {
    Made one = make("lambda", false);
    Made two = make("interface", true);
    assertEquals(List.of(one.id()), ids("interface-type", "lambda"));
    assertEquals(
        List.of(two.id()), ids("association.public-ip", two.publicAddress().orElseThrow()));
    assertEquals(2, ids("vpc-id", vpc).size());
    assertEquals(List.of(), ids("vpc-id", "vpc-other"));

    for (int i = 0; i < 5; i++) {
      make("interface", false);
    }
    DescribeNetworkInterfacesResponse first =
        ec2.call(DescribeNetworkInterfacesRequest.builder().maxResults(5).build());
    DescribeNetworkInterfacesResponse second =
        ec2.call(
            DescribeNetworkInterfacesRequest.builder()
                .maxResults(5)
                .nextToken(first.nextToken())
                .build());
    assertEquals(null, second.nextToken());
    assertEquals(
        7,
        Stream.of(first, second)
            .flatMap(page -> page.networkInterfaces().stream())
            .map(NetworkInterface::networkInterfaceId)
            .distinct()
            .count());
  }

  @Test
  void whoWaitsForAnEmptySubnetGoesOnWhenTheLastInterfaceIsGone() throws Exception {
    Made one = make("interface", false);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> ec2.interfaces().awaitEmptySubnet(subnet));
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
    ec2.interfaces().delete(one.id());
    waiting.get(60, TimeUnit.SECONDS);
  }

  private Made make(String type, boolean open) {
    return ec2.interfaces()
        .create(new Wanted(subnet, List.of(group), type, "test", "amazon-test", open));
  }

  private List<String> ids(String filter, String value) {
    DescribeNetworkInterfacesResponse found =
        ec2.call(
            DescribeNetworkInterfacesRequest.builder()
                .filters(Filter.builder().name(filter).values(value).build())
                .build());
    return found.networkInterfaces().stream().map(NetworkInterface::networkInterfaceId).toList();
  }
}
