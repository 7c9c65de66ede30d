package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import io.pipelab.local.kernel.RolePermissions;
import io.pipelab.local.policy.CallerPolicies;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.User;

/** IAM of the embedded cloud: roles and managed policies; users and groups are not part of it. */
public final class Iam implements AwsService {
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Roles roles;
  private final ManagedPolicies policies;
  private final BindingPolicies binding;

  public Iam(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
    this.roles = new Roles(identity, clock);
    this.policies = new ManagedPolicies(identity, clock);
    this.binding = new BindingPolicies(roles, policies);
  }

  @Override
  public String signingName() {
    return "iam";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    new RoleActions(roles, policies).addTo(actions);
    new PolicyActions(roles, policies).addTo(actions);
    return actions
        .on(GetUserRequest.class, this::getUser)
        .on(
            ListAccountAliasesRequest.class,
            request ->
                ListAccountAliasesResponse.builder()
                    .accountAliases(List.of())
                    .isTruncated(false)
                    .build());
  }

  /** A role's trust policy, for who wants to take it; other actions on roles are not asked of it. */
  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    return action.startsWith("sts:")
        ? roles.byArn(arn).map(role -> role.trust().toString()).orElse(null)
        : null;
  }

  /** AWS::IAM types. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new RoleResource(roles, policies),
        new PolicyResource(roles),
        new ManagedPolicyResource(roles, policies));
  }

  /** The roles, for STS. */
  public RoleDirectory roleDirectory() {
    return roles;
  }

  /** What roles may do, for services that look before they act. */
  public RolePermissions rolePermissions() {
    return new RolePolicies(identity, binding);
  }

  /** The policies that bind callers, for whoever decides about a call. */
  public CallerPolicies callerPolicies() {
    return binding;
  }

  private GetUserResponse getUser(GetUserRequest request, Caller caller) {
    String name = request.userName() == null ? "pipelab" : request.userName();
    return GetUserResponse.builder()
        .user(
            User.builder()
                .userName(name)
                .userId("AIDAPIPELABOPERATOR00")
                .path("/")
                .arn(identity.globalArn("iam", "user/" + name))
                .createDate(clock.now())
                .build())
        .build();
  }
}
