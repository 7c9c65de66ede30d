package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** IAM's role actions. */
final class RoleActions {
  static final int DEFAULT_SESSION_SECONDS = 3600;

  private final Roles roles;
  private final ManagedPolicies policies;
  private final HeldPolicies<Role> held;
  private final InstanceProfiles profiles;

  RoleActions(
      Roles roles, InstanceProfiles profiles, ManagedPolicies policies, HeldPolicies<Role> held) {
    this.roles = roles;
    this.profiles = profiles;
    this.policies = policies;
    this.held = held;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRoleRequest.class, this::createRole)
        .on(GetRoleRequest.class, this::getRole)
        .on(ListRolesRequest.class, this::listRoles)
        .on(UpdateRoleRequest.class, this::updateRole)
        .on(UpdateRoleDescriptionRequest.class, this::updateRoleDescription)
        .on(DeleteRoleRequest.class, this::deleteRole)
        .on(UpdateAssumeRolePolicyRequest.class, this::updateAssumeRolePolicy)
        .on(PutRolePermissionsBoundaryRequest.class, this::putRolePermissionsBoundary)
        .on(DeleteRolePermissionsBoundaryRequest.class, this::deleteRolePermissionsBoundary)
        .on(TagRoleRequest.class, this::tagRole)
        .on(UntagRoleRequest.class, this::untagRole)
        .on(ListRoleTagsRequest.class, this::listRoleTags);
  }

  CreateRoleResponse createRole(CreateRoleRequest request) {
    if (request.permissionsBoundary() != null) {
      policies.boundary(request.permissionsBoundary());
    }
    Role role =
        roles.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.roleName(),
            request.assumeRolePolicyDocument(),
            Objects.requireNonNullElse(request.description(), ""),
            Objects.requireNonNullElse(request.maxSessionDuration(), DEFAULT_SESSION_SECONDS),
            Tags.of(request.tags()),
            request.permissionsBoundary());
    return CreateRoleResponse.builder().role(IamModels.role(role).build()).build();
  }

  private GetRoleResponse getRole(GetRoleRequest request) {
    Role role = roles.get(request.roleName());
    return GetRoleResponse.builder()
        .role(IamModels.role(role).roleLastUsed(lastUsed(role)).build())
        .build();
  }

  /** Without an entry when nobody ever called as the role. */
  RoleLastUsed lastUsed(Role role) {
    return roles
        .lastUse(role)
        .map(use -> RoleLastUsed.builder().lastUsedDate(use.at()).region(use.region()).build())
        .orElseGet(() -> RoleLastUsed.builder().build());
  }

  private ListRolesResponse listRoles(ListRolesRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    Page<Role> page = Listing.page(roles.list(prefix), request.marker(), request.maxItems());
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(RoleActions::listed).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  /** Lists leave tags and boundaries out, as the API Reference says. */
  private static software.amazon.awssdk.services.iam.model.Role listed(Role role) {
    return IamModels.role(role)
        .tags((List<Tag>) null)
        .permissionsBoundary((AttachedPermissionsBoundary) null)
        .build();
  }

  private UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    roles.change(
        request.roleName(),
        role ->
            role.withSettings(
                Objects.requireNonNullElse(request.description(), role.description()),
                Objects.requireNonNullElse(
                    request.maxSessionDuration(), role.maxSessionSeconds())));
    return UpdateRoleResponse.builder().build();
  }

  private UpdateRoleDescriptionResponse updateRoleDescription(
      UpdateRoleDescriptionRequest request) {
    Role changed =
        roles.change(
            request.roleName(),
            role -> role.withSettings(request.description(), role.maxSessionSeconds()));
    return UpdateRoleDescriptionResponse.builder().role(IamModels.role(changed).build()).build();
  }

  private DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    profiles.deleteRole(request.roleName());
    return DeleteRoleResponse.builder().build();
  }

  private UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    roles.get(request.roleName());
    Document trust = Roles.trust(request.policyDocument());
    roles.change(request.roleName(), role -> role.withTrust(trust));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  private PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
      PutRolePermissionsBoundaryRequest request) {
    held.bind(request.roleName(), request.permissionsBoundary());
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  private DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    held.unbind(request.roleName());
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  private TagRoleResponse tagRole(TagRoleRequest request) {
    roles.alter(
        request.roleName(), role -> role.withTags(Tags.merged(role.tags(), request.tags())));
    return TagRoleResponse.builder().build();
  }

  private UntagRoleResponse untagRole(UntagRoleRequest request) {
    roles.alter(
        request.roleName(), role -> role.withTags(Tags.without(role.tags(), request.tagKeys())));
    return UntagRoleResponse.builder().build();
  }

  private ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    Map<String, String> tags = roles.get(request.roleName()).identity().tags();
    Page<Tag> page = Tags.page(tags, request.marker(), request.maxItems());
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
