package io.pipelab.local.iam;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policies of users and roles, and the condition keys that they set. Documents are read when
 * they are stored; here they are only put together.
 */
final class BindingPolicies implements CallerPolicies {
  private static final PolicySet NONE = PolicySet.identity(List.of());

  private final Users users;
  private final Roles roles;
  private final ManagedPolicies managed;

  BindingPolicies(Users users, Roles roles, ManagedPolicies managed) {
    this.users = users;
    this.roles = roles;
    this.managed = managed;
  }

  @Override
  public PolicySet of(Caller caller) {
    if (caller instanceof Caller.RoleSession session) {
      Role role = roles.all().byArn(session.roleArn());
      return role == null ? NONE : of(role);
    }
    if (caller instanceof Caller.User named) {
      User user = users.all().byId(named.userId());
      return user == null ? NONE : of(user);
    }
    return caller instanceof Caller.FederatedUser federated ? of(federated.issuer()) : NONE;
  }

  PolicySet of(Role role) {
    List<AttachedPolicy> policies = new ArrayList<>();
    collect(role.identity(), policies);
    return new PolicySet(policies, null, false, boundary(role.identity()), null);
  }

  PolicySet of(User user) {
    List<AttachedPolicy> policies = new ArrayList<>();
    collect(user.identity(), policies);
    users.groupsOf(user).forEach(group -> collect(group.identity(), policies));
    return new PolicySet(policies, null, false, boundary(user.identity()), null);
  }

  PolicySet of(Group group) {
    List<AttachedPolicy> policies = new ArrayList<>();
    collect(group.identity(), policies);
    return PolicySet.identity(policies);
  }

  private void collect(Identity identity, List<AttachedPolicy> policies) {
    identity
        .inline()
        .forEach((name, document) -> policies.add(attached(PolicyKind.IDENTITY, name, document)));
    for (String arn : identity.attached()) {
      ManagedPolicy policy = managed.find(arn);
      if (policy != null) {
        policies.add(attached(PolicyKind.IDENTITY, arn, policy.document()));
      }
    }
  }

  private @Nullable AttachedPolicy boundary(Identity identity) {
    String arn = identity.boundary();
    if (arn == null) {
      return null;
    }
    ManagedPolicy policy = managed.find(arn);
    return policy == null ? null : attached(PolicyKind.BOUNDARY, arn, policy.document());
  }

  private static AttachedPolicy attached(PolicyKind kind, String name, Document document) {
    return new AttachedPolicy(kind, name, document.policy());
  }

  @Override
  public Map<String, List<String>> keysOf(Caller caller) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    if (caller instanceof Caller.RoleSession session) {
      Role role = roles.all().byArn(session.roleArn());
      if (role != null) {
        keys.put("aws:userid", List.of(role.identity().id() + ":" + session.sessionName()));
        tags(role.identity(), keys);
      }
    } else if (caller instanceof Caller.User user) {
      keys.put("aws:userid", List.of(user.userId()));
      keys.put("aws:username", List.of(user.userName()));
      User found = users.all().byId(user.userId());
      if (found != null) {
        tags(found.identity(), keys);
      }
    }
    return keys;
  }

  private static void tags(Identity identity, Map<String, List<String>> keys) {
    identity.tags().forEach((key, value) -> keys.put("aws:PrincipalTag/" + key, List.of(value)));
  }
}
