package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import io.pipelab.local.kernel.UserKeys;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.SessionPolicies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IAM of the embedded cloud: users, groups, roles, their policies and access keys. */
public final class Iam implements AwsService {
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Users users;
  private final Roles roles;
  private final InstanceProfiles profiles;
  private final ManagedPolicies policies;
  private final BindingPolicies binding;

  public Iam(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
    this.users = new Users(identity, clock);
    this.roles = new Roles(identity, clock);
    this.profiles = new InstanceProfiles(roles, identity, clock);
    this.policies = new ManagedPolicies(identity, clock);
    this.binding = new BindingPolicies(users, roles, policies);
  }

  @Override
  public String signingName() {
    return "iam";
  }

  @Override
  public Actions actions() {
    HeldPolicies<User> ofUsers = new HeldPolicies<>(users.all(), policies);
    HeldPolicies<Role> ofRoles = new HeldPolicies<>(roles.all(), policies);
    Actions actions = new Actions();
    new UserActions(users, policies, ofUsers, identity, clock).addTo(actions);
    new UserPolicyActions(ofUsers).addTo(actions);
    new AccessKeyActions(users).addTo(actions);
    new GroupActions(users).addTo(actions);
    new GroupPolicyActions(new HeldPolicies<>(users.groups(), policies)).addTo(actions);
    RoleActions roleActions = new RoleActions(roles, profiles, policies, ofRoles);
    roleActions.addTo(actions);
    new RolePolicyActions(ofRoles).addTo(actions);
    InstanceProfileActions profileActions = new InstanceProfileActions(profiles);
    profileActions.addTo(actions);
    PolicyUses uses = new PolicyUses(users, roles);
    new PolicyActions(uses, policies, clock).addTo(actions);
    new SimulationActions(new PolicySources(users, roles, policies, binding)).addTo(actions);
    new AccountActions(users, roles, profiles, policies).addTo(actions);
    new AuthorizationDetails(users, roles, profileActions, uses, policies, roleActions)
        .addTo(actions);
    return actions;
  }

  /**
   * A role's trust policy, for who wants to take it; other actions on roles are not asked of it.
   */
  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    Role role = action.startsWith("sts:") ? roles.all().byArn(arn) : null;
    return role == null ? null : role.trust().json().toString();
  }

  /** Requests name users, groups and roles without their path, which is in their ARN. */
  @Override
  public String resourceArn(String asked) {
    String resource = asked.substring(asked.lastIndexOf(':') + 1);
    int slash = resource.indexOf('/');
    String name = resource.substring(slash + 1);
    Holder<?> found =
        switch (slash < 0 ? "" : resource.substring(0, slash)) {
          case "user" -> users.all().find(name);
          case "group" -> users.groups().find(name);
          case "role" -> roles.all().find(name);
          default -> null;
        };
    return found == null ? asked : found.arn();
  }

  /** AWS::IAM types. */
  public List<ResourceType> resourceTypes() {
    TemplateHolders holders = new TemplateHolders(users, roles);
    return List.of(
        new RoleResource(roles, profiles, policies),
        new UserResource(users, policies),
        new GroupResource(users, policies),
        new AccessKeyResource(users),
        new UserToGroupAdditionResource(users),
        new InstanceProfileResource(profiles),
        new InlinePolicyResource<>(users.all(), policies),
        new InlinePolicyResource<>(users.groups(), policies),
        new InlinePolicyResource<>(roles.all(), policies),
        new PolicyResource(holders),
        new ManagedPolicyResource(holders, policies, clock));
  }

  /** The roles, for STS. */
  public RoleDirectory roleDirectory() {
    return roles;
  }

  /** The access keys of users, for STS. */
  public UserKeys userKeys() {
    return users.keys();
  }

  /**
   * The policies that bind callers and the keys that they set, for whoever decides about a call.
   */
  public CallerPolicies callerPolicies() {
    return binding;
  }

  /** The policies that sessions are narrowed to, for STS. */
  public SessionPolicies sessionPolicies() {
    return policies;
  }
}
