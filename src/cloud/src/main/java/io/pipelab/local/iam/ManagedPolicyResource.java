package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** AWS::IAM::ManagedPolicy. */
final class ManagedPolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::ManagedPolicy")
          .createOnly("ManagedPolicyName", "Path", "Description")
          .properties("PolicyDocument", "Roles")
          .required("PolicyDocument")
          .attributes("PolicyArn", "PolicyId", "DefaultVersionId");

  private final Roles roles;
  private final ManagedPolicies policies;

  ManagedPolicyResource(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ManagedPolicy policy =
        policies.create(
            Objects.requireNonNullElse(request.text("Path"), "/"),
            request.nameOr("ManagedPolicyName", 128),
            document(request),
            Objects.requireNonNullElse(request.text("Description"), ""),
            Map.of());
    roleNames(request).forEach(role -> roles.change(role, old -> old.withAttached(policy.arn())));
    return physical(policy);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    JsonNode document = PolicyDocuments.managedPolicy(document(after));
    ManagedPolicy changed =
        policies.change(
            current.physicalId(),
            policy -> {
              ManagedPolicy next = policy.withVersion(document, true);
              // CloudFormation keeps one version besides the new one's history short.
              int newest = next.defaultVersion();
              return next.with(new TreeMap<>(Map.of(newest, document)), newest);
            });
    List<String> kept = roleNames(after);
    roleNames(before).stream()
        .filter(role -> !kept.contains(role))
        .forEach(role -> detach(role, current.physicalId()));
    kept.forEach(role -> roles.change(role, old -> old.withAttached(current.physicalId())));
    return physical(changed);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String arn = current.physicalId();
    if (policies.list("Local").stream().noneMatch(policy -> policy.arn().equals(arn))) {
      return;
    }
    roleNames(last).forEach(role -> detach(role, arn));
    policies.delete(arn);
  }

  private void detach(String roleName, String arn) {
    if (roles.list("/").stream().anyMatch(role -> role.name().equals(roleName))) {
      roles.change(roleName, role -> role.withoutAttached(arn));
    }
  }

  private static PhysicalResource physical(ManagedPolicy policy) {
    return PhysicalResource.of(policy.arn())
        .with("PolicyArn", policy.arn())
        .with("PolicyId", policy.id())
        .with("DefaultVersionId", "v" + policy.defaultVersion());
  }

  private static String document(ResourceRequest request) {
    return request.properties().path("PolicyDocument").toString();
  }

  private static List<String> roleNames(ResourceRequest request) {
    List<String> names = new ArrayList<>();
    request.properties().path("Roles").forEach(name -> names.add(name.asText()));
    return names;
  }
}
