package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** IAM's role actions. */
final class RoleActions {
  private static final int DEFAULT_SESSION_SECONDS = 3600;

  /** How many a list has when nobody says, and at most. */
  private static final int PAGE = 100;

  private static final int MOST_ITEMS = 1000;

  private final Roles roles;
  private final ManagedPolicies policies;

  RoleActions(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRoleRequest.class, this::createRole)
        .on(GetRoleRequest.class, this::getRole)
        .on(ListRolesRequest.class, this::listRoles)
        .on(UpdateRoleRequest.class, this::updateRole)
        .on(DeleteRoleRequest.class, this::deleteRole)
        .on(UpdateAssumeRolePolicyRequest.class, this::updateAssumeRolePolicy)
        .on(PutRolePolicyRequest.class, this::putRolePolicy)
        .on(GetRolePolicyRequest.class, this::getRolePolicy)
        .on(ListRolePoliciesRequest.class, this::listRolePolicies)
        .on(DeleteRolePolicyRequest.class, this::deleteRolePolicy)
        .on(AttachRolePolicyRequest.class, this::attachRolePolicy)
        .on(DetachRolePolicyRequest.class, this::detachRolePolicy)
        .on(ListAttachedRolePoliciesRequest.class, this::listAttachedRolePolicies)
        .on(ListInstanceProfilesForRoleRequest.class, this::listInstanceProfilesForRole)
        .on(TagRoleRequest.class, this::tagRole)
        .on(UntagRoleRequest.class, this::untagRole)
        .on(ListRoleTagsRequest.class, this::listRoleTags);
  }

  CreateRoleResponse createRole(CreateRoleRequest request) {
    if (request.permissionsBoundary() != null) {
      throw AwsError.notImplemented("iam:CreateRole with a permissions boundary");
    }
    Role role =
        roles.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.roleName(),
            request.assumeRolePolicyDocument(),
            Objects.requireNonNullElse(request.description(), ""),
            Objects.requireNonNullElse(request.maxSessionDuration(), DEFAULT_SESSION_SECONDS),
            tags(request.tags()));
    return CreateRoleResponse.builder().role(model(role)).build();
  }

  private GetRoleResponse getRole(GetRoleRequest request) {
    return GetRoleResponse.builder().role(model(roles.get(request.roleName()))).build();
  }

  private ListRolesResponse listRoles(ListRolesRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    int size = Objects.requireNonNullElse(request.maxItems(), PAGE);
    Page<Role> page = Page.of(roles.list(prefix), request.marker(), size, MOST_ITEMS);
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(RoleActions::model).toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
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

  private DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    roles.get(request.roleName());
    roles.delete(request.roleName());
    return DeleteRoleResponse.builder().build();
  }

  private UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    JsonNode trust = PolicyDocuments.trustPolicy(request.policyDocument());
    roles.change(request.roleName(), role -> role.withTrust(trust));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  private PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    JsonNode document = PolicyDocuments.identityPolicy(request.policyDocument());
    roles.change(request.roleName(), role -> role.withPolicy(request.policyName(), document));
    return PutRolePolicyResponse.builder().build();
  }

  GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    JsonNode document = inline(request.roleName(), request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(request.roleName())
        .policyName(request.policyName())
        .policyDocument(PolicyDocuments.encoded(document))
        .build();
  }

  private ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    List<String> names = List.copyOf(roles.get(request.roleName()).inline().keySet());
    Page<String> page = Page.of(names, request.marker(), request.maxItems(), 1000);
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    inline(request.roleName(), request.policyName());
    roles.change(request.roleName(), role -> role.withoutPolicy(request.policyName()));
    return DeleteRolePolicyResponse.builder().build();
  }

  private AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    policies.get(request.policyArn());
    roles.change(request.roleName(), role -> role.withAttached(request.policyArn()));
    return AttachRolePolicyResponse.builder().build();
  }

  private DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    if (!roles.get(request.roleName()).attached().contains(request.policyArn())) {
      throw AwsError.notFound("NoSuchEntity", "Policy " + request.policyArn() + " was not found.");
    }
    roles.change(request.roleName(), role -> role.withoutAttached(request.policyArn()));
    return DetachRolePolicyResponse.builder().build();
  }

  private ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    List<AttachedPolicy> attached =
        roles.get(request.roleName()).attached().stream()
            .map(arn -> AttachedPolicy.builder().policyArn(arn).policyName(nameOf(arn)).build())
            .toList();
    Page<AttachedPolicy> page = Page.of(attached, request.marker(), request.maxItems(), 1000);
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  /** There are no instance profiles here; Terraform asks for a role's before it deletes it. */
  private ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    roles.get(request.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }

  private TagRoleResponse tagRole(TagRoleRequest request) {
    roles.change(
        request.roleName(),
        role -> role.withTags(TagList.merged(role.tags(), tags(request.tags()))));
    return TagRoleResponse.builder().build();
  }

  private UntagRoleResponse untagRole(UntagRoleRequest request) {
    roles.change(
        request.roleName(), role -> role.withTags(TagList.without(role.tags(), request.tagKeys())));
    return UntagRoleResponse.builder().build();
  }

  private ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    int size = Objects.requireNonNullElse(request.maxItems(), PAGE);
    Page<Tag> page =
        Page.of(model(roles.get(request.roleName()).tags()), request.marker(), size, MOST_ITEMS);
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private JsonNode inline(String roleName, String policyName) {
    JsonNode document = roles.get(roleName).inline().get(policyName);
    if (document == null) {
      throw AwsError.notFound(
          "NoSuchEntity", "The role policy with name " + policyName + " cannot be found.");
    }
    return document;
  }

  private static String nameOf(String policyArn) {
    return policyArn.substring(policyArn.lastIndexOf('/') + 1);
  }

  static software.amazon.awssdk.services.iam.model.Role model(Role role) {
    return software.amazon.awssdk.services.iam.model.Role.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.id())
        .arn(role.arn())
        .createDate(role.created())
        .assumeRolePolicyDocument(PolicyDocuments.encoded(role.trust()))
        .description(role.description().isEmpty() ? null : role.description())
        .maxSessionDuration(role.maxSessionSeconds())
        .tags(role.tags().isEmpty() ? null : model(role.tags()))
        .build();
  }

  static Map<String, String> tags(@Nullable List<Tag> tags) {
    return TagList.read(tags, Tag::key, Tag::value, "ValidationError");
  }

  static List<Tag> model(Map<String, String> tags) {
    return TagList.write(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }
}
