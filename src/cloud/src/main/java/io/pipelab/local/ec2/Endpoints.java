package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.NetworkInterfaces.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * VPC endpoints: interfaces, which have addresses in the VPC's subnets, and gateways, which are
 * targets in its route tables.
 */
final class Endpoints {
  /** What an endpoint lets through unless it is told otherwise. */
  static final String FULL_ACCESS =
      "{\"Version\":\"2008-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"*\",\"Resource\":\"*\"}]}";

  private final Network network;
  private final Interfaces interfaces;
  private final EndpointServices services;
  private final EndpointChecks checks;

  Endpoints(Network network, Interfaces interfaces, EndpointServices services) {
    this.network = network;
    this.interfaces = interfaces;
    this.services = services;
    this.checks = new EndpointChecks(network, services);
  }

  /**
   * Makes an endpoint.
   *
   * @throws AwsError for the first thing that EC2 does not take
   */
  VpcEndpoint create(CreateVpcEndpointRequest request) {
    synchronized (network) {
      Vpc vpc = vpc(request.vpcId());
      String service = services.require(request.serviceName());
      String type =
          Objects.requireNonNullElse(request.vpcEndpointTypeAsString(), EndpointServices.GATEWAY);
      checks.type(service, type);
      String policy = orFull(request.policyDocument());
      checks.policy(policy);
      VpcEndpoint base =
          VpcEndpoint.builder()
              .vpcEndpointId(Ec2Ids.next("vpce"))
              .vpcEndpointType(type)
              .vpcId(vpc.vpcId())
              .serviceName(request.serviceName())
              .serviceRegion(network.identity.region())
              .state("available")
              .policyDocument(policy)
              .privateDnsEnabled(false)
              .requesterManaged(false)
              .creationTimestamp(network.clock.now())
              .ownerId(network.identity.account())
              .routeTableIds(List.of())
              .subnetIds(List.of())
              .groups(List.of())
              .networkInterfaceIds(List.of())
              .dnsEntries(List.of())
              .tags(Network.tags(request.tagSpecifications()))
              .build();
      VpcEndpoint made =
          type.equals(EndpointServices.GATEWAY)
              ? gateway(base, service, request)
              : interfaceOf(base, vpc, service, request);
      network.endpoints.put(made.vpcEndpointId(), made);
      return made;
    }
  }

  private static String orFull(@Nullable String policy) {
    return policy == null || policy.isEmpty() ? FULL_ACCESS : policy;
  }

  private Vpc vpc(@Nullable String id) {
    Vpc vpc = id == null ? null : network.vpcs.get(id);
    if (vpc == null) {
      throw AwsError.badRequest("InvalidVpcId.NotFound", "The Vpc Id " + id + " does not exist");
    }
    return vpc;
  }

  private VpcEndpoint gateway(VpcEndpoint base, String service, CreateVpcEndpointRequest request) {
    refuse(request.hasSubnetIds() && !request.subnetIds().isEmpty(), "SubnetIds", "Gateway");
    refuse(
        request.hasSecurityGroupIds() && !request.securityGroupIds().isEmpty(),
        "SecurityGroupIds",
        "Gateway");
    refuse(Boolean.TRUE.equals(request.privateDnsEnabled()), "PrivateDnsEnabled", "Gateway");
    List<String> tables = distinct(request.routeTableIds());
    checks.routeTables(tables, base, service);
    return base.toBuilder().routeTableIds(tables).build();
  }

  private VpcEndpoint interfaceOf(
      VpcEndpoint base, Vpc vpc, String service, CreateVpcEndpointRequest request) {
    refuse(
        request.hasRouteTableIds() && !request.routeTableIds().isEmpty(),
        "RouteTableIds",
        "Interface");
    boolean named = !Boolean.FALSE.equals(request.privateDnsEnabled());
    if (named) {
      checks.privateDns(vpc, service, base.vpcEndpointId());
    }
    List<String> subnets = distinct(request.subnetIds());
    checks.subnets(subnets, vpc.vpcId());
    List<SecurityGroupIdentifier> groups = checks.groups(request.securityGroupIds(), vpc.vpcId());
    return dns(
        placed(
            base.toBuilder().ipAddressType("ipv4").groups(groups).privateDnsEnabled(named).build(),
            subnets),
        service);
  }

  private static void refuse(boolean given, String member, String type) {
    if (given) {
      throw AwsError.badRequest(
          "InvalidParameter", member + " is not supported for " + type + " endpoints");
    }
  }

  private static List<String> distinct(Collection<String> ids) {
    return List.copyOf(new LinkedHashSet<>(ids));
  }

  /** The endpoint with an interface in each of those subnets, and in no other. */
  private VpcEndpoint placed(VpcEndpoint endpoint, List<String> subnets) {
    List<String> kept = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(subnets);
    for (String id : endpoint.networkInterfaceIds()) {
      NetworkInterface own = network.interfaces.get(id);
      if (own != null && missing.remove(own.subnetId())) {
        kept.add(id);
      } else {
        interfaces.delete(id);
      }
    }
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    kept.forEach(id -> interfaces.regroup(id, groups));
    String words = "VPC Endpoint Interface " + endpoint.vpcEndpointId();
    for (String subnet : missing) {
      kept.add(
          interfaces
              .create(new Wanted(subnet, groups, "vpc_endpoint", words, "amazon-vpce", false))
              .id());
    }
    return endpoint.toBuilder().subnetIds(subnets).networkInterfaceIds(kept).build();
  }

  private VpcEndpoint dns(VpcEndpoint endpoint, String service) {
    List<DnsEntry> entries = new ArrayList<>();
    String own =
        endpoint.vpcEndpointId()
            + "-"
            + endpoint.vpcEndpointId().substring("vpce-0".length(), "vpce-0".length() + 8)
            + "."
            + service
            + "."
            + network.identity.region()
            + ".vpce.amazonaws.com";
    entries.add(DnsEntry.builder().dnsName(own).hostedZoneId("Z7HUB22UULQXV").build());
    if (endpoint.privateDnsEnabled()) {
      entries.add(DnsEntry.builder().dnsName(services.host(service)).build());
    }
    return endpoint.toBuilder().dnsEntries(entries).build();
  }

  /**
   * Changes an endpoint.
   *
   * @throws AwsError InvalidVpcEndpointId.NotFound, or for what EC2 does not take
   */
  void modify(ModifyVpcEndpointRequest request) {
    synchronized (network) {
      VpcEndpoint before = require(request.vpcEndpointId());
      String service = services.require(before.serviceName());
      VpcEndpoint after = withPolicy(before, request);
      network.endpoints.put(
          before.vpcEndpointId(),
          EndpointServices.GATEWAY.equals(before.vpcEndpointTypeAsString())
              ? rerouted(after, service, request)
              : replaced(after, service, request));
    }
  }

  private VpcEndpoint withPolicy(VpcEndpoint before, ModifyVpcEndpointRequest request) {
    if (Boolean.TRUE.equals(request.resetPolicy())) {
      return before.toBuilder().policyDocument(FULL_ACCESS).build();
    }
    if (request.policyDocument() == null) {
      return before;
    }
    checks.policy(request.policyDocument());
    return before.toBuilder().policyDocument(request.policyDocument()).build();
  }

  private VpcEndpoint rerouted(
      VpcEndpoint endpoint, String service, ModifyVpcEndpointRequest request) {
    Set<String> tables = new LinkedHashSet<>(endpoint.routeTableIds());
    request.removeRouteTableIds().forEach(tables::remove);
    List<String> more =
        request.addRouteTableIds().stream().filter(id -> !tables.contains(id)).toList();
    checks.routeTables(more, endpoint, service);
    tables.addAll(more);
    return endpoint.toBuilder().routeTableIds(List.copyOf(tables)).build();
  }

  private VpcEndpoint replaced(
      VpcEndpoint endpoint, String service, ModifyVpcEndpointRequest request) {
    boolean named =
        request.privateDnsEnabled() == null
            ? endpoint.privateDnsEnabled()
            : request.privateDnsEnabled();
    if (named && !endpoint.privateDnsEnabled()) {
      checks.privateDns(vpc(endpoint.vpcId()), service, endpoint.vpcEndpointId());
    }
    Set<String> subnets = new LinkedHashSet<>(endpoint.subnetIds());
    request.removeSubnetIds().forEach(subnets::remove);
    subnets.addAll(request.addSubnetIds());
    checks.subnets(List.copyOf(subnets), endpoint.vpcId());
    Set<String> groups = new LinkedHashSet<>();
    endpoint.groups().forEach(each -> groups.add(each.groupId()));
    request.removeSecurityGroupIds().forEach(groups::remove);
    groups.addAll(request.addSecurityGroupIds());
    List<SecurityGroupIdentifier> shown = checks.groups(List.copyOf(groups), endpoint.vpcId());
    return dns(
        placed(
            endpoint.toBuilder().groups(shown).privateDnsEnabled(named).build(),
            List.copyOf(subnets)),
        service);
  }

  /**
   * Deletes an endpoint, with its interfaces.
   *
   * @throws AwsError InvalidVpcEndpoint.NotFound
   */
  void delete(String id) {
    synchronized (network) {
      VpcEndpoint gone = network.endpoints.remove(id);
      if (gone == null) {
        throw AwsError.badRequest(
            "InvalidVpcEndpoint.NotFound", "The Vpc Endpoint Id '" + id + "' does not exist");
      }
      gone.networkInterfaceIds().forEach(interfaces::delete);
    }
  }

  /**
   * The endpoint of an id.
   *
   * @throws AwsError InvalidVpcEndpointId.NotFound
   */
  VpcEndpoint require(@Nullable String id) {
    return Ec2Ids.require(
        network.endpoints, id, "Vpc Endpoint Id", "InvalidVpcEndpointId.NotFound");
  }
}
