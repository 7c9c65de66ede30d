package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** IAM's managed-policy actions. */
final class PolicyActions {
  private static final int MOST_VERSIONS = 5;

  private final Roles roles;
  private final ManagedPolicies policies;

  PolicyActions(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  void addTo(Actions actions) {
    actions
        .on(CreatePolicyRequest.class, this::createPolicy)
        .on(GetPolicyRequest.class, this::getPolicy)
        .on(ListPoliciesRequest.class, this::listPolicies)
        .on(DeletePolicyRequest.class, this::deletePolicy)
        .on(CreatePolicyVersionRequest.class, this::createPolicyVersion)
        .on(GetPolicyVersionRequest.class, this::getPolicyVersion)
        .on(ListPolicyVersionsRequest.class, this::listPolicyVersions)
        .on(DeletePolicyVersionRequest.class, this::deletePolicyVersion)
        .on(ListEntitiesForPolicyRequest.class, this::listEntitiesForPolicy);
  }

  private CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    ManagedPolicy policy =
        policies.create(
            Objects.requireNonNullElse(request.path(), "/"),
            request.policyName(),
            request.policyDocument(),
            Objects.requireNonNullElse(request.description(), ""),
            RoleActions.tags(request.tags()));
    return CreatePolicyResponse.builder().policy(model(policy)).build();
  }

  private GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return GetPolicyResponse.builder().policy(model(policies.get(request.policyArn()))).build();
  }

  private ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
    String scope = Objects.requireNonNullElse(request.scopeAsString(), "All");
    boolean attachedOnly = Boolean.TRUE.equals(request.onlyAttached());
    List<Policy> all =
        policies.list(scope).stream()
            .map(this::model)
            .filter(policy -> !attachedOnly || policy.attachmentCount() > 0)
            .toList();
    Page<Policy> page = Page.of(all, request.marker(), request.maxItems(), 1000);
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    if (!attachedTo(policy.arn()).isEmpty()) {
      throw AwsError.of("DeleteConflict", 409, "Cannot delete a policy attached to entities.");
    }
    if (policy.versions().size() > 1) {
      throw AwsError.of(
          "DeleteConflict",
          409,
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    policies.change(policy.arn(), same -> same);
    policies.delete(policy.arn());
    return DeletePolicyResponse.builder().build();
  }

  private CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
    JsonNode document = PolicyDocuments.managedPolicy(request.policyDocument());
    boolean asDefault = Boolean.TRUE.equals(request.setAsDefault());
    ManagedPolicy changed =
        policies.change(
            request.policyArn(),
            policy -> {
              if (policy.versions().size() >= MOST_VERSIONS) {
                throw AwsError.of(
                    "LimitExceeded",
                    409,
                    "A managed policy can have up to 5 versions. Before you create a new version,"
                        + " you must delete an existing version.");
              }
              return policy.withVersion(document, asDefault);
            });
    return CreatePolicyVersionResponse.builder()
        .policyVersion(version(changed, changed.versions().lastKey(), false))
        .build();
  }

  private GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    return GetPolicyVersionResponse.builder()
        .policyVersion(version(policy, number(policy, request.versionId()), true))
        .build();
  }

  private ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    return ListPolicyVersionsResponse.builder()
        .versions(
            policy.versions().descendingKeySet().stream()
                .map(number -> version(policy, number, false))
                .toList())
        .isTruncated(false)
        .build();
  }

  private DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
    policies.change(
        request.policyArn(),
        policy -> {
          int number = number(policy, request.versionId());
          if (number == policy.defaultVersion()) {
            throw AwsError.of(
                "DeleteConflict", 409, "Cannot delete the default version of a policy.");
          }
          return policy.withoutVersion(number);
        });
    return DeletePolicyVersionResponse.builder().build();
  }

  private ListEntitiesForPolicyResponse listEntitiesForPolicy(
      ListEntitiesForPolicyRequest request) {
    policies.get(request.policyArn());
    return ListEntitiesForPolicyResponse.builder()
        .policyRoles(
            attachedTo(request.policyArn()).stream()
                .map(role -> PolicyRole.builder().roleName(role.name()).roleId(role.id()).build())
                .toList())
        .isTruncated(false)
        .build();
  }

  private List<Role> attachedTo(String policyArn) {
    return roles.list("/").stream().filter(role -> role.attached().contains(policyArn)).toList();
  }

  private static int number(ManagedPolicy policy, String versionId) {
    for (Integer number : policy.versions().keySet()) {
      if (versionId.equals("v" + number)) {
        return number;
      }
    }
    throw AwsError.notFound(
        "NoSuchEntity",
        "Policy "
            + policy.arn()
            + " version "
            + versionId
            + " does not exist or is not attachable.");
  }

  private static PolicyVersion version(ManagedPolicy policy, int number, boolean withDocument) {
    JsonNode document = policy.versions().get(number);
    return PolicyVersion.builder()
        .versionId("v" + number)
        .isDefaultVersion(number == policy.defaultVersion())
        .createDate(policy.created())
        .document(withDocument && document != null ? PolicyDocuments.encoded(document) : null)
        .build();
  }

  private Policy model(ManagedPolicy policy) {
    Map<String, String> tags = policy.tags();
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId("v" + policy.defaultVersion())
        .attachmentCount(attachedTo(policy.arn()).size())
        .isAttachable(true)
        .description(policy.description().isEmpty() ? null : policy.description())
        .createDate(policy.created())
        .updateDate(policy.created())
        .tags(tags.isEmpty() ? null : RoleActions.model(tags))
        .build();
  }
}
