package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** ListEntitiesForPolicy: who has a managed policy. */
final class PolicyEntityActions {
  /** One of them. */
  private record Entity(EntityType kind, Identity identity) {}

  private final PolicyUses uses;
  private final ManagedPolicies policies;

  PolicyEntityActions(PolicyUses uses, ManagedPolicies policies) {
    this.uses = uses;
    this.policies = policies;
  }

  void addTo(Actions actions) {
    actions.on(ListEntitiesForPolicyRequest.class, this::listEntitiesForPolicy);
  }

  private ListEntitiesForPolicyResponse listEntitiesForPolicy(
      ListEntitiesForPolicyRequest request) {
    policies.get(request.policyArn());
    Page<Entity> page = Listing.page(entities(request), request.marker(), request.maxItems());
    return ListEntitiesForPolicyResponse.builder()
        .policyUsers(
            of(page, EntityType.USER).stream()
                .map(each -> PolicyUser.builder().userName(each.name()).userId(each.id()).build())
                .toList())
        .policyGroups(
            of(page, EntityType.GROUP).stream()
                .map(
                    each -> PolicyGroup.builder().groupName(each.name()).groupId(each.id()).build())
                .toList())
        .policyRoles(
            of(page, EntityType.ROLE).stream()
                .map(each -> PolicyRole.builder().roleName(each.name()).roleId(each.id()).build())
                .toList())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private List<Entity> entities(ListEntitiesForPolicyRequest request) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    String arn = request.policyArn();
    Predicate<Identity> attached = each -> each.attached().contains(arn);
    Predicate<Identity> bound = each -> arn.equals(each.boundary());
    Predicate<Identity> used =
        request.policyUsageFilter() == null
            ? attached.or(bound)
            : request.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY
                ? bound
                : attached;
    Predicate<Identity> which = used.and(each -> each.path().startsWith(prefix));
    List<Entity> all = new ArrayList<>();
    uses.groups(which).forEach(each -> all.add(new Entity(EntityType.GROUP, each)));
    uses.users(which).forEach(each -> all.add(new Entity(EntityType.USER, each)));
    uses.roles(which).forEach(each -> all.add(new Entity(EntityType.ROLE, each)));
    return request.entityFilter() == null
        ? all
        : all.stream().filter(each -> each.kind() == request.entityFilter()).toList();
  }

  private static List<Identity> of(Page<Entity> page, EntityType kind) {
    return page.items().stream().filter(each -> each.kind() == kind).map(Entity::identity).toList();
  }
}
