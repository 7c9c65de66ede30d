package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.Objects;

/** AWS::IAM::AccessKey; its secret is an attribute, as on AWS. */
final class AccessKeyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::AccessKey")
          .createOnly("Serial", "UserName")
          .properties("Status")
          .required("UserName")
          .attributes("SecretAccessKey");

  private final Users users;

  AccessKeyResource(Users users) {
    this.users = users;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    boolean active = isActive(request);
    UserKey key = users.keys().create(user(request));
    users.keys().setActive(user(request), key.id(), active);
    return PhysicalResource.of(key.id()).with("SecretAccessKey", key.secret());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    users.keys().setActive(user(after), current.physicalId(), isActive(after));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    User user = users.all().find(Objects.requireNonNull(last.text("UserName")));
    if (user == null) {
      return;
    }
    boolean there =
        users.keys().of(user).stream().anyMatch(key -> key.id().equals(current.physicalId()));
    if (there) {
      users.keys().delete(user, current.physicalId());
    }
  }

  private User user(ResourceRequest request) {
    return users.all().get(Objects.requireNonNull(request.text("UserName")));
  }

  private static boolean isActive(ResourceRequest request) {
    String status = Objects.requireNonNullElse(request.text("Status"), "Active");
    if (!status.equals("Active") && !status.equals("Inactive")) {
      throw AwsError.badRequest(
          "ValidationError",
          "1 validation error detected: Value '"
              + status
              + "' at 'status' failed to satisfy constraint: Member must satisfy enum value set:"
              + " [Active, Inactive]");
    }
    return status.equals("Active");
  }
}
