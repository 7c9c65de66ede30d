package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/** IAM's actions on the versions of managed policies. */
final class PolicyVersionActions {
  private static final int MOST_VERSIONS = 5;

  private final ManagedPolicies policies;
  private final CloudClock clock;

  PolicyVersionActions(ManagedPolicies policies, CloudClock clock) {
    this.policies = policies;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreatePolicyVersionRequest.class, this::createPolicyVersion)
        .on(GetPolicyVersionRequest.class, this::getPolicyVersion)
        .on(ListPolicyVersionsRequest.class, this::listPolicyVersions)
        .on(SetDefaultPolicyVersionRequest.class, this::setDefaultPolicyVersion)
        .on(DeletePolicyVersionRequest.class, this::deletePolicyVersion);
  }

  private CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
    Document document = ManagedPolicies.read(request.policyDocument());
    boolean asDefault = Boolean.TRUE.equals(request.setAsDefault());
    ManagedPolicy changed =
        policies.change(
            request.policyArn(),
            policy -> {
              if (policy.versions().size() >= MOST_VERSIONS) {
                throw Quotas.limit(
                    "A managed policy can have up to 5 versions. Before you create a new version,"
                        + " you must delete an existing version.");
              }
              return policy.withVersion(document, clock.now(), asDefault);
            });
    return CreatePolicyVersionResponse.builder()
        .policyVersion(version(changed, changed.lastVersion()).build())
        .build();
  }

  private GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    int number = number(policy, request.versionId());
    return GetPolicyVersionResponse.builder().policyVersion(withDocument(policy, number)).build();
  }

  private ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    ManagedPolicy policy = policies.get(request.policyArn());
    Page<PolicyVersion> page = Listing.page(versions(policy), request.marker(), request.maxItems());
    return ListPolicyVersionsResponse.builder()
        .versions(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private SetDefaultPolicyVersionResponse setDefaultPolicyVersion(
      SetDefaultPolicyVersionRequest request) {
    policies.change(
        request.policyArn(),
        policy -> policy.withDefault(number(policy, request.versionId()), clock.now()));
    return SetDefaultPolicyVersionResponse.builder().build();
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

  /** All versions, the newest first. */
  private static List<PolicyVersion> versions(ManagedPolicy policy) {
    List<Integer> numbers = new ArrayList<>(policy.versions().keySet());
    Collections.reverse(numbers);
    return numbers.stream().map(number -> version(policy, number).build()).toList();
  }

  /** All versions with their documents, the newest first. */
  static List<PolicyVersion> documents(ManagedPolicy policy) {
    List<Integer> numbers = new ArrayList<>(policy.versions().keySet());
    Collections.reverse(numbers);
    return numbers.stream().map(number -> withDocument(policy, number)).toList();
  }

  private static PolicyVersion withDocument(ManagedPolicy policy, int number) {
    return version(policy, number).document(stored(policy, number).document().encoded()).build();
  }

  private static PolicyVersion.Builder version(ManagedPolicy policy, int number) {
    return PolicyVersion.builder()
        .versionId("v" + number)
        .isDefaultVersion(number == policy.defaultVersion())
        .createDate(stored(policy, number).created());
  }

  private static ManagedPolicy.Version stored(ManagedPolicy policy, int number) {
    return Objects.requireNonNull(policy.versions().get(number));
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
}
