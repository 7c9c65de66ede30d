package io.pipelab.local.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** {@code AWS::EC2::SecurityGroup}. */
final class SecurityGroupResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::EC2::SecurityGroup")
          .createOnly("GroupName", "GroupDescription", "VpcId")
          .properties("SecurityGroupIngress", "SecurityGroupEgress", "Tags")
          .required("GroupDescription")
          .attributes("GroupId", "Id", "VpcId");

  private static final Set<String> RULE_PROPERTIES =
      Set.of("IpProtocol", "FromPort", "ToPort", "CidrIp", "Description", "SourceSecurityGroupId");

  private final SecurityGroups groups;
  private final Interfaces interfaces;
  private final ResourceTags tags;

  SecurityGroupResource(SecurityGroups groups, Interfaces interfaces, ResourceTags tags) {
    this.interfaces = interfaces;
    this.groups = groups;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateSecurityGroupRequest create =
        CreateSecurityGroupRequest.builder()
            .groupName(request.nameOr("GroupName", 255))
            .description(request.text("GroupDescription"))
            .vpcId(request.text("VpcId"))
            .build();
    return configure(groups.create(create).groupId(), request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return configure(current.physicalId(), after);
  }

  private PhysicalResource configure(String id, ResourceRequest request) {
    groups.set(
        id,
        rules(request.properties().path("SecurityGroupIngress")),
        rules(request.properties().path("SecurityGroupEgress")));
    tags.set(id, request.tags());
    return PhysicalResource.of(id)
        .with("GroupId", id)
        .with("Id", id)
        .with("VpcId", groups.require(id).vpcId());
  }

  private static List<IpPermission> rules(JsonNode list) {
    List<IpPermission> rules = new ArrayList<>();
    list.forEach(rule -> rules.add(rule((ObjectNode) rule)));
    return rules;
  }

  private static IpPermission rule(ObjectNode rule) {
    rule.fieldNames()
        .forEachRemaining(
            name -> {
              if (!RULE_PROPERTIES.contains(name)) {
                throw AwsError.notImplemented("the security group rule property " + name);
              }
            });
    IpPermission.Builder permission =
        IpPermission.builder().ipProtocol(rule.path("IpProtocol").asText("-1"));
    if (rule.has("FromPort")) {
      permission.fromPort(rule.path("FromPort").asInt()).toPort(rule.path("ToPort").asInt());
    }
    String description = rule.has("Description") ? rule.path("Description").asText() : null;
    if (rule.has("CidrIp")) {
      permission.ipRanges(
          IpRange.builder().cidrIp(rule.path("CidrIp").asText()).description(description).build());
    }
    if (rule.has("SourceSecurityGroupId")) {
      permission.userIdGroupPairs(
          UserIdGroupPair.builder()
              .groupId(rule.path("SourceSecurityGroupId").asText())
              .description(description)
              .build());
    }
    return permission.build();
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    interfaces.awaitEmptyGroup(current.physicalId());
    Absent.isFine(
        () ->
            groups.delete(
                DeleteSecurityGroupRequest.builder().groupId(current.physicalId()).build()));
  }
}
