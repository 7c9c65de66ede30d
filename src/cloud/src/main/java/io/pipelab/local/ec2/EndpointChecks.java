package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** What EC2 asks of a VPC endpoint before it makes or changes it, in its words. */
final class EndpointChecks {
  private static final String INVALID = "InvalidParameter";

  private final Network network;
  private final EndpointServices services;

  EndpointChecks(Network network, EndpointServices services) {
    this.network = network;
    this.services = services;
  }

  /** The type of endpoint that a service has. */
  void type(String service, String type) {
    List<String> types = EndpointServices.types(service);
    if (!types.contains(type)) {
      throw AwsError.badRequest(
          INVALID,
          "Endpoint type (" + type + ") does not match available service types (" + types + ").");
    }
  }

  /** Private DNS needs both of the VPC's switches, and a name that no other endpoint has. */
  void privateDns(Vpc vpc, String service, String exceptId) {
    Network.VpcDns dns = network.vpcDns.get(vpc.vpcId());
    if (dns == null || !dns.support() || !dns.hostnames()) {
      throw AwsError.badRequest(
          INVALID,
          "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC"
              + " attributes set to true for "
              + vpc.vpcId());
    }
    String name = "com.amazonaws." + network.identity.region() + "." + service;
    boolean taken =
        network.endpoints.values().stream()
            .filter(each -> !each.vpcEndpointId().equals(exceptId))
            .anyMatch(
                each ->
                    each.vpcId().equals(vpc.vpcId())
                        && each.serviceName().equals(name)
                        && each.privateDnsEnabled());
    if (taken) {
      throw AwsError.badRequest(
          INVALID,
          "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
              + services.host(service)
              + " in the VPC "
              + vpc.vpcId());
    }
  }

  /** Subnets of the VPC, one a zone. */
  void subnets(List<String> ids, String vpcId) {
    Set<String> zones = new HashSet<>();
    for (String id : ids) {
      Subnet subnet = Ec2Ids.require(network.subnets, id, "subnet ID", "InvalidSubnetId.NotFound");
      // AWS's words for a subnet of another VPC are not known to us; its code is.
      if (!subnet.vpcId().equals(vpcId)) {
        throw AwsError.badRequest(
            INVALID, "The subnet " + id + " does not belong to the VPC " + vpcId);
      }
      if (!zones.add(subnet.availabilityZone())) {
        throw AwsError.badRequest(
            "DuplicateSubnetsInSameZone",
            "Found another VPC endpoint subnet in the availability zone of "
                + id
                + ". VPC endpoint subnets should be in different availability zones supported by"
                + " the VPC endpoint service.");
      }
    }
  }

  /** Security groups of the VPC, as an endpoint shows them; the default one when there is none. */
  List<SecurityGroupIdentifier> groups(List<String> ids, String vpcId) {
    List<String> all = ids.isEmpty() ? network.defaultSecurityGroup(vpcId).stream().toList() : ids;
    return all.stream()
        .map(
            id -> {
              SecurityGroup group =
                  Ec2Ids.require(
                      network.securityGroups, id, "security group", "InvalidGroup.NotFound");
              if (!group.vpcId().equals(vpcId)) {
                throw AwsError.badRequest(
                    INVALID, "The security group " + id + " does not belong to the VPC " + vpcId);
              }
              return SecurityGroupIdentifier.builder()
                  .groupId(id)
                  .groupName(group.groupName())
                  .build();
            })
        .toList();
  }

  /** Route tables of the VPC that have no route to the service yet. */
  void routeTables(List<String> ids, VpcEndpoint endpoint, String service) {
    for (String id : ids) {
      RouteTable table =
          Ec2Ids.require(network.routeTables, id, "routeTable ID", "InvalidRouteTableID.NotFound");
      if (!table.vpcId().equals(endpoint.vpcId())) {
        throw AwsError.badRequest(
            INVALID,
            "Route table "
                + id
                + " and network "
                + endpoint.vpcId()
                + " belong to different"
                + " networks");
      }
      boolean taken =
          network.endpoints.values().stream()
              .anyMatch(
                  each ->
                      each.serviceName().equals(endpoint.serviceName())
                          && each.routeTableIds().contains(id));
      if (taken) {
        throw AwsError.badRequest(
            "RouteAlreadyExists",
            "route table "
                + id
                + " already has a route with destination-prefix-list-id "
                + EndpointServices.prefixList(service));
      }
    }
  }

  /** A policy that can be read. */
  void policy(String document) {
    try {
      Policy.parse(document);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest(
          "InvalidPolicyDocument", "Invalid policy document: " + e.getMessage());
    }
  }
}
