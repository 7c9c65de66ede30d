package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/** IAM's managed-policy actions. */
final class PolicyActions {
  private final PolicyUses uses;
  private final ManagedPolicies policies;
  private final CloudClock clock;

  PolicyActions(PolicyUses uses, ManagedPolicies policies, CloudClock clock) {
    this.uses = uses;
    this.policies = policies;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreatePolicyRequest.class, this::createPolicy)
        .on(GetPolicyRequest.class, this::getPolicy)
        .on(ListPoliciesRequest.class, this::listPolicies)
        .on(DeletePolicyRequest.class, this::deletePolicy)
        .on(TagPolicyRequest.class, this::tagPolicy)
        .on(UntagPolicyRequest.class, this::untagPolicy)
        .on(ListPolicyTagsRequest.class, this::listPolicyTags);
    new PolicyVersionActions(policies, clock).addTo(actions);
    new PolicyEntityActions(uses, policies).addTo(actions);
  }

  private CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    ManagedPolicy policy =
        policies.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.policyName(),
            request.policyDocument(),
            Objects.requireNonNullElse(request.description(), ""),
            Tags.of(request.tags()));
    return CreatePolicyResponse.builder()
        .policy(model(policy).description(null).tags(Tags.shown(policy.tags())).build())
        .build();
  }

  private GetPolicyResponse getPolicy(GetPolicyRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    return GetPolicyResponse.builder()
        .policy(model(policy).tags(Tags.model(policy.tags())).build())
        .build();
  }

  private ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
    String scope = Objects.requireNonNullElse(request.scopeAsString(), "All");
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    boolean attachedOnly = Boolean.TRUE.equals(request.onlyAttached());
    boolean boundaries = request.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY;
    List<Policy> all =
        policies.list(scope).stream()
            .filter(policy -> policy.path().startsWith(prefix))
            .map(policy -> model(policy).description(null).build())
            .filter(policy -> !attachedOnly || count(policy, boundaries) > 0)
            .toList();
    Page<Policy> page = Listing.page(all, request.marker(), request.maxItems());
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private static int count(Policy policy, boolean boundaries) {
    return boundaries ? policy.permissionsBoundaryUsageCount() : policy.attachmentCount();
  }

  private DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    ManagedPolicy policy = policies.change(request.policyArn(), same -> same);
    if (uses.attachments(policy.arn()) + uses.boundaries(policy.arn()) > 0) {
      throw AwsError.of("DeleteConflict", 409, "Cannot delete a policy attached to entities.");
    }
    if (policy.versions().size() > 1) {
      throw AwsError.of(
          "DeleteConflict",
          409,
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    policies.delete(policy.arn());
    return DeletePolicyResponse.builder().build();
  }

  private TagPolicyResponse tagPolicy(TagPolicyRequest request) {
    policies.change(
        request.policyArn(), policy -> policy.withTags(Tags.merged(policy.tags(), request.tags())));
    return TagPolicyResponse.builder().build();
  }

  private UntagPolicyResponse untagPolicy(UntagPolicyRequest request) {
    policies.change(
        request.policyArn(),
        policy -> policy.withTags(Tags.without(policy.tags(), request.tagKeys())));
    return UntagPolicyResponse.builder().build();
  }

  private ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest request) {
    Page<Tag> page =
        Tags.page(policies.get(request.policyArn()).tags(), request.marker(), request.maxItems());
    return ListPolicyTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private Policy.Builder model(ManagedPolicy policy) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId("v" + policy.defaultVersion())
        .attachmentCount(uses.attachments(policy.arn()))
        .permissionsBoundaryUsageCount(uses.boundaries(policy.arn()))
        .isAttachable(true)
        .description(policy.description().isEmpty() ? null : policy.description())
        .createDate(policy.created())
        .updateDate(policy.updated());
  }
}
