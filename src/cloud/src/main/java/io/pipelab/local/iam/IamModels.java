package io.pipelab.local.iam;

/** IAM's identities as its answers carry them. */
final class IamModels {
  private IamModels() {}

  static software.amazon.awssdk.services.iam.model.Role.Builder role(Role role) {
    Identity identity = role.identity();
    return software.amazon.awssdk.services.iam.model.Role.builder()
        .path(identity.path())
        .roleName(identity.name())
        .roleId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .assumeRolePolicyDocument(role.trust().encoded())
        .description(role.description().isEmpty() ? null : role.description())
        .maxSessionDuration(role.maxSessionSeconds())
        .permissionsBoundary(HeldPolicies.boundary(identity))
        .tags(Tags.shown(identity.tags()));
  }

  static software.amazon.awssdk.services.iam.model.User.Builder user(User user) {
    Identity identity = user.identity();
    return software.amazon.awssdk.services.iam.model.User.builder()
        .path(identity.path())
        .userName(identity.name())
        .userId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .permissionsBoundary(HeldPolicies.boundary(identity))
        .tags(Tags.shown(identity.tags()));
  }

  static software.amazon.awssdk.services.iam.model.Group group(Group group) {
    Identity identity = group.identity();
    return software.amazon.awssdk.services.iam.model.Group.builder()
        .path(identity.path())
        .groupName(identity.name())
        .groupId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .build();
  }
}
