package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.List;
import java.util.Objects;

/** AWS::IAM::User. */
final class UserResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::User")
          .createOnly("UserName")
          .properties(
              "Path", "Groups", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "Tags")
          .attributes("Arn");

  private final Users users;
  private final ManagedPolicies policies;

  UserResource(Users users, ManagedPolicies policies) {
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
    groups(request).forEach(users.groups()::get);
    User user =
        users.create(path(request), request.nameOr("UserName", 64), held.tags(), held.boundary());
    groups(request).forEach(group -> users.join(group, user.name()));
    return physical(users.all().alter(user.name(), held::appliedTo));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = current.physicalId();
    TemplatePolicies held = TemplatePolicies.of(after, policies);
    groups(after).forEach(group -> users.join(group, name));
    groups(before).stream()
        .filter(group -> !groups(after).contains(group) && users.groups().find(group) != null)
        .forEach(group -> users.leave(group, name));
    users.all().alter(name, old -> held.appliedTo(TemplatePolicies.removed(old, before)));
    return physical(users.all().rename(name, path(after), null));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (users.all().find(name) == null) {
      return;
    }
    groups(last).stream()
        .filter(group -> users.groups().find(group) != null)
        .forEach(group -> users.leave(group, name));
    users.all().alter(name, old -> TemplatePolicies.removed(old, last));
    users.delete(name);
  }

  private static List<String> groups(ResourceRequest request) {
    return TemplatePolicies.texts(request, "Groups");
  }

  private static String path(ResourceRequest request) {
    return Objects.requireNonNullElse(request.text("Path"), "/");
  }

  private static PhysicalResource physical(User user) {
    return PhysicalResource.of(user.name()).with("Arn", user.arn());
  }
}
