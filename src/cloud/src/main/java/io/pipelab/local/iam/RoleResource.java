package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** AWS::IAM::Role. */
final class RoleResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::Role")
          .createOnly("RoleName", "Path")
          .properties(
              "AssumeRolePolicyDocument",
              "Description",
              "MaxSessionDuration",
              "ManagedPolicyArns",
              "Policies",
              "Tags")
          .required("AssumeRolePolicyDocument")
          .attributes("Arn", "RoleId");

  private final Roles roles;
  private final ManagedPolicies policies;

  RoleResource(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    List<String> attached = attached(request);
    attached.forEach(policies::get);
    Map<String, JsonNode> inline = inline(request);
    Role role =
        roles.create(
            Objects.requireNonNullElse(request.text("Path"), "/"),
            request.nameOr("RoleName", 64),
            request.properties().path("AssumeRolePolicyDocument").toString(),
            Objects.requireNonNullElse(request.text("Description"), ""),
            request.properties().path("MaxSessionDuration").asInt(3600),
            request.tags());
    apply(role.name(), inline, attached);
    return physical(role);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    List<String> attached = attached(after);
    attached.forEach(policies::get);
    Map<String, JsonNode> inline = inline(after);
    JsonNode trust =
        PolicyDocuments.trustPolicy(after.properties().path("AssumeRolePolicyDocument").toString());
    String name = current.physicalId();
    inline(before).keySet().forEach(old -> roles.change(name, role -> role.withoutPolicy(old)));
    attached(before).forEach(old -> roles.change(name, role -> role.withoutAttached(old)));
    roles.change(
        name,
        role ->
            role.withTrust(trust)
                .withSettings(
                    Objects.requireNonNullElse(after.text("Description"), ""),
                    after.properties().path("MaxSessionDuration").asInt(3600))
                .withTags(after.tags()));
    apply(name, inline, attached);
    return physical(roles.get(name));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (roles.list("/").stream().noneMatch(role -> role.name().equals(name))) {
      return;
    }
    // What the stack itself put on the role goes with it; what others added blocks, as on AWS.
    inline(last).keySet().forEach(old -> roles.change(name, role -> role.withoutPolicy(old)));
    attached(last).forEach(old -> roles.change(name, role -> role.withoutAttached(old)));
    roles.delete(name);
  }

  private void apply(String name, Map<String, JsonNode> inline, List<String> attached) {
    inline.forEach(
        (policy, document) -> roles.change(name, role -> role.withPolicy(policy, document)));
    attached.forEach(arn -> roles.change(name, role -> role.withAttached(arn)));
  }

  private static PhysicalResource physical(Role role) {
    return PhysicalResource.of(role.name()).with("Arn", role.arn()).with("RoleId", role.id());
  }

  private static List<String> attached(ResourceRequest request) {
    List<String> arns = new ArrayList<>();
    request.properties().path("ManagedPolicyArns").forEach(arn -> arns.add(arn.asText()));
    return arns;
  }

  private static Map<String, JsonNode> inline(ResourceRequest request) {
    Map<String, JsonNode> documents = new LinkedHashMap<>();
    for (JsonNode policy : request.properties().path("Policies")) {
      documents.put(
          policy.path("PolicyName").asText(),
          PolicyDocuments.identityPolicy(policy.path("PolicyDocument").toString()));
    }
    return documents;
  }
}
