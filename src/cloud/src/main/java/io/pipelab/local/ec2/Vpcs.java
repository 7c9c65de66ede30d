package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** VPCs, each with its main route table and default security group. */
final class Vpcs {
  private static final Filters<Vpc> FILTERS =
      new Filters<>(
          Map.of(
              "vpc-id", vpc -> List.of(vpc.vpcId()),
              "cidr", vpc -> List.of(vpc.cidrBlock()),
              "state", vpc -> List.of(vpc.stateAsString()),
              "is-default", vpc -> List.of(String.valueOf(vpc.isDefault())),
              "owner-id", vpc -> List.of(vpc.ownerId())),
          Vpc::tags);

  private final Network network;
  private final RouteTables routeTables;
  private final SecurityGroups securityGroups;

  Vpcs(Network network, RouteTables routeTables, SecurityGroups securityGroups) {
    this.network = network;
    this.routeTables = routeTables;
    this.securityGroups = securityGroups;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateVpcRequest.class, this::create)
        .on(DescribeVpcsRequest.class, this::describe)
        .on(DeleteVpcRequest.class, this::delete)
        .on(ModifyVpcAttributeRequest.class, this::modify)
        .on(DescribeVpcAttributeRequest.class, this::attribute);
  }

  CreateVpcResponse create(CreateVpcRequest request) {
    Cidr cidr = Cidr.parse(request.cidrBlock()).requireVpcSize("Vpc");
    String tenancy =
        request.instanceTenancyAsString() == null ? "default" : request.instanceTenancyAsString();
    Vpc vpc = make(cidr, false, tenancy, Network.tags(request.tagSpecifications()));
    return CreateVpcResponse.builder().vpc(vpc).build();
  }

  /** Makes a VPC with its main route table and its default security group. */
  Vpc make(Cidr cidr, boolean isDefault, String tenancy, List<Tag> tags) {
    Vpc vpc =
        Vpc.builder()
            .vpcId(Ec2Ids.next("vpc"))
            .cidrBlock(cidr.toString())
            .state("available")
            .isDefault(isDefault)
            .instanceTenancy(tenancy)
            .ownerId(network.identity.account())
            .dhcpOptionsId("default")
            .cidrBlockAssociationSet(
                VpcCidrBlockAssociation.builder()
                    .associationId(Ec2Ids.next("vpc-cidr-assoc"))
                    .cidrBlock(cidr.toString())
                    .cidrBlockState(s -> s.state("associated"))
                    .build())
            .tags(tags)
            .build();
    synchronized (network) {
      network.vpcs.put(vpc.vpcId(), vpc);
      network.vpcDns.put(vpc.vpcId(), new Network.VpcDns(true, false));
      routeTables.createMain(vpc);
      securityGroups.createDefault(vpc);
    }
    return vpc;
  }

  private DescribeVpcsResponse describe(DescribeVpcsRequest request) {
    request.vpcIds().forEach(this::require);
    List<Vpc> vpcs =
        FILTERS.select(network.vpcs.values(), request.filters()).stream()
            .filter(vpc -> request.vpcIds().isEmpty() || request.vpcIds().contains(vpc.vpcId()))
            .toList();
    Listing<Vpc> page = Listing.of(vpcs, Vpc::vpcId, request.maxResults(), request.nextToken());
    return DescribeVpcsResponse.builder().vpcs(page.items()).nextToken(page.next()).build();
  }

  DeleteVpcResponse delete(DeleteVpcRequest request) {
    String id = request.vpcId();
    synchronized (network) {
      require(id);
      if (isUsed(id)) {
        throw AwsError.badRequest(
            "DependencyViolation", "The vpc '" + id + "' has dependencies and cannot be deleted.");
      }
      network.securityGroups.values().removeIf(group -> id.equals(group.vpcId()));
      network.routeTables.values().removeIf(table -> id.equals(table.vpcId()));
      network.vpcDns.remove(id);
      network.vpcs.remove(id);
    }
    return DeleteVpcResponse.builder().build();
  }

  private boolean isUsed(String vpcId) {
    return network.endpoints.values().stream().anyMatch(e -> vpcId.equals(e.vpcId()))
        || network.subnets.values().stream().anyMatch(s -> vpcId.equals(s.vpcId()))
        || network.internetGateways.values().stream()
            .anyMatch(g -> g.attachments().stream().anyMatch(a -> vpcId.equals(a.vpcId())))
        || network.routeTables.values().stream()
            .anyMatch(t -> vpcId.equals(t.vpcId()) && !RouteTables.isMain(t))
        || network.securityGroups.values().stream()
            .anyMatch(g -> vpcId.equals(g.vpcId()) && !isDefault(g));
  }

  private static boolean isDefault(SecurityGroup group) {
    return group.groupName().equals("default");
  }

  ModifyVpcAttributeResponse modify(ModifyVpcAttributeRequest request) {
    require(request.vpcId());
    network.vpcDns.computeIfPresent(
        request.vpcId(),
        (id, dns) ->
            new Network.VpcDns(
                request.enableDnsSupport() == null
                    ? dns.support()
                    : request.enableDnsSupport().value(),
                request.enableDnsHostnames() == null
                    ? dns.hostnames()
                    : request.enableDnsHostnames().value()));
    return ModifyVpcAttributeResponse.builder().build();
  }

  private DescribeVpcAttributeResponse attribute(DescribeVpcAttributeRequest request) {
    require(request.vpcId());
    Network.VpcDns dns = network.vpcDns.get(request.vpcId());
    DescribeVpcAttributeResponse.Builder answer =
        DescribeVpcAttributeResponse.builder().vpcId(request.vpcId());
    if (dns == null) {
      return answer.build();
    }
    return switch (request.attribute()) {
      case ENABLE_DNS_SUPPORT -> answer.enableDnsSupport(value(dns.support())).build();
      case ENABLE_DNS_HOSTNAMES -> answer.enableDnsHostnames(value(dns.hostnames())).build();
      case ENABLE_NETWORK_ADDRESS_USAGE_METRICS ->
          answer.enableNetworkAddressUsageMetrics(value(false)).build();
      default -> throw AwsError.notImplemented("the VPC attribute " + request.attributeAsString());
    };
  }

  private static AttributeBooleanValue value(boolean value) {
    return AttributeBooleanValue.builder().value(value).build();
  }

  Vpc require(String vpcId) {
    return Ec2Ids.require(network.vpcs, vpcId, "vpc ID", "InvalidVpcID.NotFound");
  }
}
