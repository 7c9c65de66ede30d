package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;

/** AWS::IAM::Group. */
final class GroupResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::Group")
          .createOnly("GroupName")
          .properties("Path", "ManagedPolicyArns", "Policies")
          .attributes("Arn");

  private final Users users;
  private final ManagedPolicies policies;

  GroupResource(Users users, ManagedPolicies policies) {
    this.users = users;
    this.policies = policies;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    TemplatePolicies held = TemplatePolicies.of(request, policies);
    Group group = users.createGroup(path(request), request.nameOr("GroupName", 128));
    return physical(users.groups().alter(group.name(), held::policiesOn));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = current.physicalId();
    TemplatePolicies held = TemplatePolicies.of(after, policies);
    users.groups().alter(name, old -> held.policiesOn(TemplatePolicies.removed(old, before)));
    return physical(users.groups().rename(name, path(after), null));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (users.groups().find(name) != null) {
      users.groups().alter(name, old -> TemplatePolicies.removed(old, last));
      users.deleteGroup(name);
    }
  }

  private static String path(ResourceRequest request) {
    return Objects.requireNonNullElse(request.text("Path"), "/");
  }

  private static PhysicalResource physical(Group group) {
    return PhysicalResource.of(group.name()).with("Arn", group.arn());
  }
}
