package io.pipelab.local.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** {@code AWS::EC2::VPCEndpoint}, for interfaces and gateways. */
final class VpcEndpointResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::VPCEndpoint")
          .createOnly("ServiceName", "VpcEndpointType", "VpcId")
          .properties(
              "PolicyDocument",
              "PrivateDnsEnabled",
              "RouteTableIds",
              "SecurityGroupIds",
              "SubnetIds",
              "Tags")
          .required("VpcId")
          .attributes("Id", "CreationTimestamp", "DnsEntries", "NetworkInterfaceIds");

  private final Endpoints endpoints;
  private final ResourceTags tags;

  VpcEndpointResource(Endpoints endpoints, ResourceTags tags) {
    this.endpoints = endpoints;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  /** Unlike the API, a template has private DNS only when it says so. */
  @Override
  public PhysicalResource create(ResourceRequest request) {
    boolean isInterface = EndpointServices.INTERFACE.equals(request.text("VpcEndpointType"));
    VpcEndpoint made =
        endpoints.create(
            CreateVpcEndpointRequest.builder()
                .vpcId(request.text("VpcId"))
                .serviceName(request.text("ServiceName"))
                .vpcEndpointType(request.text("VpcEndpointType"))
                .policyDocument(policy(request))
                .privateDnsEnabled(isInterface || named(request) ? named(request) : null)
                .routeTableIds(list(request, "RouteTableIds"))
                .securityGroupIds(list(request, "SecurityGroupIds"))
                .subnetIds(list(request, "SubnetIds"))
                .build());
    tags.set(made.vpcEndpointId(), request.tags());
    return shown(endpoints.require(made.vpcEndpointId()));
  }

  private static boolean named(ResourceRequest request) {
    return Boolean.parseBoolean(request.text("PrivateDnsEnabled"));
  }

  private static @Nullable String policy(ResourceRequest request) {
    JsonNode policy = request.properties().path("PolicyDocument");
    return policy.isMissingNode() || policy.isNull()
        ? null
        : policy.isTextual() ? policy.asText() : policy.toString();
  }

  private static List<String> list(ResourceRequest request, String property) {
    List<String> all = new ArrayList<>();
    request.properties().path(property).forEach(each -> all.add(each.asText()));
    return all;
  }

  private static PhysicalResource shown(VpcEndpoint endpoint) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    for (DnsEntry each : endpoint.dnsEntries()) {
      String zone = each.hostedZoneId() == null ? "ZONEIDPENDING" : each.hostedZoneId();
      entries.add(zone + ":" + each.dnsName());
    }
    ArrayNode interfaces = JsonNodeFactory.instance.arrayNode();
    endpoint.networkInterfaceIds().forEach(interfaces::add);
    return new PhysicalResource(
        endpoint.vpcEndpointId(),
        Map.of(
            "Id",
            TextNode.valueOf(endpoint.vpcEndpointId()),
            "CreationTimestamp",
            TextNode.valueOf(endpoint.creationTimestamp().toString()),
            "DnsEntries",
            entries,
            "NetworkInterfaceIds",
            interfaces));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    VpcEndpoint now = endpoints.require(current.physicalId());
    ModifyVpcEndpointRequest.Builder change =
        ModifyVpcEndpointRequest.builder().vpcEndpointId(current.physicalId());
    String policy = policy(after);
    if (policy == null) {
      change.resetPolicy(true);
    } else {
      change.policyDocument(policy);
    }
    List<String> tables = list(after, "RouteTableIds");
    List<String> subnets = list(after, "SubnetIds");
    List<String> groups = list(after, "SecurityGroupIds");
    List<String> old = now.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    change
        .addRouteTableIds(without(tables, now.routeTableIds()))
        .removeRouteTableIds(without(now.routeTableIds(), tables))
        .addSubnetIds(without(subnets, now.subnetIds()))
        .removeSubnetIds(without(now.subnetIds(), subnets))
        .addSecurityGroupIds(without(groups, old))
        .removeSecurityGroupIds(groups.isEmpty() ? List.of() : without(old, groups));
    if (EndpointServices.INTERFACE.equals(now.vpcEndpointTypeAsString())) {
      change.privateDnsEnabled(named(after));
    }
    endpoints.modify(change.build());
    tags.set(current.physicalId(), after.tags());
    return shown(endpoints.require(current.physicalId()));
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(each -> !others.contains(each)).toList();
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> endpoints.delete(current.physicalId()));
  }
}
