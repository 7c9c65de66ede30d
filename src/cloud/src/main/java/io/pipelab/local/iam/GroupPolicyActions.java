package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyResponse;

/** IAM's actions on the policies of groups. */
final class GroupPolicyActions {
  private final HeldPolicies<Group> held;

  GroupPolicyActions(HeldPolicies<Group> held) {
    this.held = held;
  }

  void addTo(Actions actions) {
    actions
        .on(PutGroupPolicyRequest.class, this::putGroupPolicy)
        .on(GetGroupPolicyRequest.class, this::getGroupPolicy)
        .on(ListGroupPoliciesRequest.class, this::listGroupPolicies)
        .on(DeleteGroupPolicyRequest.class, this::deleteGroupPolicy)
        .on(AttachGroupPolicyRequest.class, this::attachGroupPolicy)
        .on(DetachGroupPolicyRequest.class, this::detachGroupPolicy)
        .on(ListAttachedGroupPoliciesRequest.class, this::listAttachedGroupPolicies);
  }

  private PutGroupPolicyResponse putGroupPolicy(PutGroupPolicyRequest request) {
    held.put(request.groupName(), request.policyName(), request.policyDocument());
    return PutGroupPolicyResponse.builder().build();
  }

  GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest request) {
    Document document = held.get(request.groupName(), request.policyName());
    return GetGroupPolicyResponse.builder()
        .groupName(request.groupName())
        .policyName(request.policyName())
        .policyDocument(document.encoded())
        .build();
  }

  private ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest request) {
    Page<String> page = held.names(request.groupName(), request.marker(), request.maxItems());
    return ListGroupPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeleteGroupPolicyResponse deleteGroupPolicy(DeleteGroupPolicyRequest request) {
    held.delete(request.groupName(), request.policyName());
    return DeleteGroupPolicyResponse.builder().build();
  }

  private AttachGroupPolicyResponse attachGroupPolicy(AttachGroupPolicyRequest request) {
    held.attach(request.groupName(), request.policyArn());
    return AttachGroupPolicyResponse.builder().build();
  }

  private DetachGroupPolicyResponse detachGroupPolicy(DetachGroupPolicyRequest request) {
    held.detach(request.groupName(), request.policyArn());
    return DetachGroupPolicyResponse.builder().build();
  }

  private ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
      ListAttachedGroupPoliciesRequest request) {
    Page<AttachedPolicy> page =
        held.attached(
            request.groupName(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedGroupPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
