package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** GetAccountAuthorizationDetails: all identities and policies of the account at once. */
final class AuthorizationDetails {
  /** One of them, and how it is put into an answer. */
  private record Detail(EntityType kind, Object model) {}

  private final Users users;
  private final Roles roles;
  private final InstanceProfileActions profiles;
  private final PolicyUses uses;
  private final ManagedPolicies policies;
  private final RoleActions roleActions;

  AuthorizationDetails(
      Users users,
      Roles roles,
      InstanceProfileActions profiles,
      PolicyUses uses,
      ManagedPolicies policies,
      RoleActions roleActions) {
    this.users = users;
    this.roles = roles;
    this.profiles = profiles;
    this.uses = uses;
    this.policies = policies;
    this.roleActions = roleActions;
  }

  void addTo(Actions actions) {
    actions.on(GetAccountAuthorizationDetailsRequest.class, this::getAccountAuthorizationDetails);
  }

  private GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
      GetAccountAuthorizationDetailsRequest request) {
    List<Detail> all = new ArrayList<>();
    users.all().list("/").forEach(each -> all.add(new Detail(EntityType.USER, user(each))));
    users.groups().list("/").forEach(each -> all.add(new Detail(EntityType.GROUP, group(each))));
    roles.list("/").forEach(each -> all.add(new Detail(EntityType.ROLE, role(each))));
    policies.list("Local").forEach(each -> all.add(policy(EntityType.LOCAL_MANAGED_POLICY, each)));
    policies.list("AWS").stream()
        .filter(each -> uses.attachments(each.arn()) + uses.boundaries(each.arn()) > 0)
        .forEach(each -> all.add(policy(EntityType.AWS_MANAGED_POLICY, each)));
    List<Detail> asked =
        request.filter().isEmpty()
            ? all
            : all.stream().filter(each -> request.filter().contains(each.kind())).toList();
    Page<Detail> page = Listing.page(asked, request.marker(), request.maxItems());
    return GetAccountAuthorizationDetailsResponse.builder()
        .userDetailList(of(page, UserDetail.class))
        .groupDetailList(of(page, GroupDetail.class))
        .roleDetailList(of(page, RoleDetail.class))
        .policies(of(page, ManagedPolicyDetail.class))
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private static <T> List<T> of(Page<Detail> page, Class<T> type) {
    return page.items().stream()
        .map(Detail::model)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private UserDetail user(User user) {
    Identity identity = user.identity();
    return UserDetail.builder()
        .path(identity.path())
        .userName(identity.name())
        .userId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .groupList(users.groupsOf(user).stream().map(Group::name).toList())
        .userPolicyList(inline(identity))
        .attachedManagedPolicies(attached(identity))
        .permissionsBoundary(HeldPolicies.boundary(identity))
        .tags(Tags.model(identity.tags()))
        .build();
  }

  private static GroupDetail group(Group group) {
    Identity identity = group.identity();
    return GroupDetail.builder()
        .path(identity.path())
        .groupName(identity.name())
        .groupId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .groupPolicyList(inline(identity))
        .attachedManagedPolicies(attached(identity))
        .build();
  }

  private RoleDetail role(Role role) {
    Identity identity = role.identity();
    return RoleDetail.builder()
        .path(identity.path())
        .roleName(identity.name())
        .roleId(identity.id())
        .arn(identity.arn())
        .createDate(identity.created())
        .assumeRolePolicyDocument(role.trust().encoded())
        .instanceProfileList(profiles.models(role))
        .rolePolicyList(inline(identity))
        .attachedManagedPolicies(attached(identity))
        .permissionsBoundary(HeldPolicies.boundary(identity))
        .tags(Tags.model(identity.tags()))
        .roleLastUsed(roleActions.lastUsed(role))
        .build();
  }

  private Detail policy(EntityType kind, ManagedPolicy policy) {
    ManagedPolicyDetail detail =
        ManagedPolicyDetail.builder()
            .policyName(policy.name())
            .policyId(policy.id())
            .arn(policy.arn())
            .path(policy.path())
            .defaultVersionId("v" + policy.defaultVersion())
            .attachmentCount(uses.attachments(policy.arn()))
            .permissionsBoundaryUsageCount(uses.boundaries(policy.arn()))
            .isAttachable(true)
            .createDate(policy.created())
            .updateDate(policy.updated())
            .policyVersionList(PolicyVersionActions.documents(policy))
            .build();
    return new Detail(kind, detail);
  }

  private static List<PolicyDetail> inline(Identity identity) {
    List<PolicyDetail> details = new ArrayList<>();
    identity
        .inline()
        .forEach(
            (name, document) ->
                details.add(
                    PolicyDetail.builder()
                        .policyName(name)
                        .policyDocument(document.encoded())
                        .build()));
    return details;
  }

  private static List<AttachedPolicy> attached(Identity identity) {
    return identity.attached().stream().map(HeldPolicies::model).toList();
  }
}
