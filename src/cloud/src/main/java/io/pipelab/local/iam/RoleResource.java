package io.pipelab.local.iam;

import static io.pipelab.local.iam.RoleActions.DEFAULT_SESSION_SECONDS;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
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
              "PermissionsBoundary",
              "Policies",
              "Tags")
          .required("AssumeRolePolicyDocument")
          .attributes("Arn", "RoleId");

  private final Roles roles;
  private final InstanceProfiles profiles;
  private final ManagedPolicies policies;

  RoleResource(Roles roles, InstanceProfiles profiles, ManagedPolicies policies) {
    this.roles = roles;
    this.profiles = profiles;
    this.policies = policies;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    TemplatePolicies held = TemplatePolicies.of(request, policies);
    Role role =
        roles.create(
            Objects.requireNonNullElse(request.text("Path"), "/"),
            request.nameOr("RoleName", 64),
            trust(request),
            Objects.requireNonNullElse(request.text("Description"), ""),
            seconds(request),
            request.tags(),
            held.boundary());
    return physical(roles.alter(role.name(), held::appliedTo));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    TemplatePolicies held = TemplatePolicies.of(after, policies);
    Document trust = Roles.trust(trust(after));
    String description = Objects.requireNonNullElse(after.text("Description"), "");
    Role changed =
        roles.change(
            current.physicalId(),
            role ->
                role.withTrust(trust)
                    .withSettings(description, seconds(after))
                    .with(held.appliedTo(TemplatePolicies.removed(role.identity(), before))));
    return physical(changed);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (roles.all().find(name) == null) {
      return;
    }
    // What the stack itself put on the role goes with it; what others added blocks, as on AWS.
    roles.alter(name, role -> TemplatePolicies.removed(role, last));
    profiles.deleteRole(name);
  }

  private static String trust(ResourceRequest request) {
    return request.properties().path("AssumeRolePolicyDocument").toString();
  }

  private static int seconds(ResourceRequest request) {
    return request.properties().path("MaxSessionDuration").asInt(DEFAULT_SESSION_SECONDS);
  }

  private static PhysicalResource physical(Role role) {
    return PhysicalResource.of(role.name())
        .with("Arn", role.arn())
        .with("RoleId", role.identity().id());
  }
}
