package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** AWS::IAM::InstanceProfile. */
final class InstanceProfileResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::InstanceProfile")
          .createOnly("InstanceProfileName", "Path")
          .properties("Roles")
          .required("Roles")
          .attributes("Arn");

  private final InstanceProfiles profiles;

  InstanceProfileResource(InstanceProfiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    InstanceProfile profile =
        profiles.create(
            Objects.requireNonNullElse(request.text("Path"), "/"),
            request.nameOr("InstanceProfileName", 128),
            Map.of());
    roles(request).forEach(role -> profiles.addRole(profile.name(), role));
    return PhysicalResource.of(profile.name()).with("Arn", profile.arn());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = current.physicalId();
    profiles.change(name, profile -> profile.withRole(null));
    roles(after).forEach(role -> profiles.addRole(name, role));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String name = current.physicalId();
    if (profiles.find(name) != null) {
      profiles.change(name, profile -> profile.withRole(null));
      profiles.delete(name);
    }
  }

  private static List<String> roles(ResourceRequest request) {
    return TemplatePolicies.texts(request, "Roles");
  }
}
