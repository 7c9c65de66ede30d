package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/** IAM's actions on the policies of users. */
final class UserPolicyActions {
  private final HeldPolicies<User> held;

  UserPolicyActions(HeldPolicies<User> held) {
    this.held = held;
  }

  void addTo(Actions actions) {
    actions
        .on(PutUserPolicyRequest.class, this::putUserPolicy)
        .on(GetUserPolicyRequest.class, this::getUserPolicy)
        .on(ListUserPoliciesRequest.class, this::listUserPolicies)
        .on(DeleteUserPolicyRequest.class, this::deleteUserPolicy)
        .on(AttachUserPolicyRequest.class, this::attachUserPolicy)
        .on(DetachUserPolicyRequest.class, this::detachUserPolicy)
        .on(ListAttachedUserPoliciesRequest.class, this::listAttachedUserPolicies);
  }

  private PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest request) {
    held.put(request.userName(), request.policyName(), request.policyDocument());
    return PutUserPolicyResponse.builder().build();
  }

  GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest request) {
    Document document = held.get(request.userName(), request.policyName());
    return GetUserPolicyResponse.builder()
        .userName(request.userName())
        .policyName(request.policyName())
        .policyDocument(document.encoded())
        .build();
  }

  private ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest request) {
    Page<String> page = held.names(request.userName(), request.marker(), request.maxItems());
    return ListUserPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest request) {
    held.delete(request.userName(), request.policyName());
    return DeleteUserPolicyResponse.builder().build();
  }

  private AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest request) {
    held.attach(request.userName(), request.policyArn());
    return AttachUserPolicyResponse.builder().build();
  }

  private DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest request) {
    held.detach(request.userName(), request.policyArn());
    return DetachUserPolicyResponse.builder().build();
  }

  private ListAttachedUserPoliciesResponse listAttachedUserPolicies(
      ListAttachedUserPoliciesRequest request) {
    Page<AttachedPolicy> page =
        held.attached(
            request.userName(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
