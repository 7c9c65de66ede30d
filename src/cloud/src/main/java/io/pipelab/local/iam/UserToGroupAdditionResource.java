package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.List;
import java.util.Objects;

/** AWS::IAM::UserToGroupAddition. */
final class UserToGroupAdditionResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::UserToGroupAddition")
          .properties("GroupName", "Users")
          .required("GroupName", "Users")
          .attributes("Id");

  private final Users users;

  UserToGroupAdditionResource(Users users) {
    this.users = users;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    names(request).forEach(user -> users.join(group(request), user));
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    names(after).forEach(user -> users.join(group(after), user));
    boolean same = group(before).equals(group(after));
    leave(
        group(before),
        names(before).stream().filter(user -> !same || !names(after).contains(user)).toList());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    leave(group(last), names(last));
  }

  private void leave(String group, List<String> names) {
    if (users.groups().find(group) != null) {
      names.stream()
          .filter(user -> users.all().find(user) != null)
          .forEach(user -> users.leave(group, user));
    }
  }

  private static List<String> names(ResourceRequest request) {
    return TemplatePolicies.texts(request, "Users");
  }

  private static String group(ResourceRequest request) {
    return Objects.requireNonNull(request.text("GroupName"));
  }
}
