package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** IAM's actions on the account as a whole. */
final class AccountActions {
  /** What IAM lets an account have, where nobody asked for more (IAM and AWS STS quotas). */
  private static final Map<String, Integer> QUOTAS =
      Map.ofEntries(
          Map.entry("UsersQuota", 5000),
          Map.entry("GroupsQuota", 300),
          Map.entry("RolesQuota", 1000),
          Map.entry("PoliciesQuota", 1500),
          Map.entry("InstanceProfilesQuota", 1000),
          Map.entry("ServerCertificatesQuota", 20),
          Map.entry("GroupsPerUserQuota", 10),
          Map.entry("AccessKeysPerUserQuota", 2),
          Map.entry("SigningCertificatesPerUserQuota", 2),
          Map.entry("AttachedPoliciesPerUserQuota", 10),
          Map.entry("AttachedPoliciesPerGroupQuota", 10),
          Map.entry("AttachedPoliciesPerRoleQuota", 10),
          Map.entry("UserPolicySizeQuota", 2048),
          Map.entry("GroupPolicySizeQuota", 5120),
          Map.entry("RolePolicySizeQuota", 10240),
          Map.entry("AssumeRolePolicySizeQuota", 2048),
          Map.entry("PolicySizeQuota", 6144),
          Map.entry("VersionsPerPolicyQuota", 5),
          Map.entry("PolicyVersionsInUseQuota", 10000),
          Map.entry("GlobalEndpointTokenVersion", 1));

  /** What cannot be made here. */
  private static final List<String> NONE =
      List.of(
          "ServerCertificates",
          "Providers",
          "MFADevices",
          "MFADevicesInUse",
          "AccountMFAEnabled",
          "AccountAccessKeysPresent",
          "AccountPasswordPresent",
          "AccountSigningCertificatesPresent");

  private final Users users;
  private final Roles roles;
  private final InstanceProfiles profiles;
  private final ManagedPolicies policies;

  AccountActions(Users users, Roles roles, InstanceProfiles profiles, ManagedPolicies policies) {
    this.users = users;
    this.roles = roles;
    this.profiles = profiles;
    this.policies = policies;
  }

  void addTo(Actions actions) {
    actions
        .on(ListAccountAliasesRequest.class, this::listAccountAliases)
        .on(GetAccountSummaryRequest.class, this::getAccountSummary);
  }

  /** An account's alias cannot be made here: there is none. */
  private ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest request) {
    return ListAccountAliasesResponse.builder()
        .accountAliases(List.of())
        .isTruncated(false)
        .build();
  }

  private GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
    Map<String, Integer> summary = new TreeMap<>(QUOTAS);
    NONE.forEach(each -> summary.put(each, 0));
    List<ManagedPolicy> mine = policies.list("Local");
    summary.put("Users", users.all().list("/").size());
    summary.put("Groups", users.groups().list("/").size());
    summary.put("Roles", roles.list("/").size());
    summary.put("InstanceProfiles", profiles.list("/").size());
    summary.put("Policies", mine.size());
    summary.put(
        "PolicyVersionsInUse", mine.stream().mapToInt(each -> each.versions().size()).sum());
    return GetAccountSummaryResponse.builder().summaryMapWithStrings(summary).build();
  }
}
