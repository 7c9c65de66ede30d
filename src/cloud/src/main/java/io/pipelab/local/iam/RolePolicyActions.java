package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** IAM's actions on the policies of roles. */
final class RolePolicyActions {
  private final HeldPolicies<Role> held;

  RolePolicyActions(HeldPolicies<Role> held) {
    this.held = held;
  }

  void addTo(Actions actions) {
    actions
        .on(PutRolePolicyRequest.class, this::putRolePolicy)
        .on(GetRolePolicyRequest.class, this::getRolePolicy)
        .on(ListRolePoliciesRequest.class, this::listRolePolicies)
        .on(DeleteRolePolicyRequest.class, this::deleteRolePolicy)
        .on(AttachRolePolicyRequest.class, this::attachRolePolicy)
        .on(DetachRolePolicyRequest.class, this::detachRolePolicy)
        .on(ListAttachedRolePoliciesRequest.class, this::listAttachedRolePolicies);
  }

  private PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    held.put(request.roleName(), request.policyName(), request.policyDocument());
    return PutRolePolicyResponse.builder().build();
  }

  GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    Document document = held.get(request.roleName(), request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(request.roleName())
        .policyName(request.policyName())
        .policyDocument(document.encoded())
        .build();
  }

  private ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    Page<String> page = held.names(request.roleName(), request.marker(), request.maxItems());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    held.delete(request.roleName(), request.policyName());
    return DeleteRolePolicyResponse.builder().build();
  }

  private AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    held.attach(request.roleName(), request.policyArn());
    return AttachRolePolicyResponse.builder().build();
  }

  private DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    held.detach(request.roleName(), request.policyArn());
    return DetachRolePolicyResponse.builder().build();
  }

  private ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    Page<AttachedPolicy> page =
        held.attached(
            request.roleName(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }
}
