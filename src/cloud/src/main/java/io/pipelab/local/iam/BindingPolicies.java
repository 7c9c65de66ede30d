package io.pipelab.local.iam;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The policies of roles, parsed once for as long as neither role nor attached policy changes. */
final class BindingPolicies implements CallerPolicies {
  private static final PolicySet NONE = PolicySet.identity(List.of());

  /** What was parsed, and of which state: roles and managed policies are values. */
  private record Parsed(Role role, List<ManagedPolicy> attached, PolicySet policies) {}

  private final Roles roles;
  private final ManagedPolicies managed;
  private final Map<String, Parsed> byRole = new ConcurrentHashMap<>();

  BindingPolicies(Roles roles, ManagedPolicies managed) {
    this.roles = roles;
    this.managed = managed;
  }

  @Override
  public PolicySet of(Caller caller) {
    return caller instanceof Caller.RoleSession session ? ofRole(session.roleArn()) : NONE;
  }

  private PolicySet ofRole(String arn) {
    Role role = roles.byArn(arn).orElse(null);
    if (role == null) {
      byRole.remove(arn);
      return NONE;
    }
    Parsed known = byRole.get(arn);
    if (known == null || !isCurrent(known, role)) {
      known = parsed(role);
      byRole.put(arn, known);
    }
    return known.policies();
  }

  private boolean isCurrent(Parsed known, Role role) {
    if (known.role() != role || known.attached().size() != role.attached().size()) {
      return false;
    }
    for (ManagedPolicy each : known.attached()) {
      if (managed.find(each.arn()) != each) {
        return false;
      }
    }
    return true;
  }

  private Parsed parsed(Role role) {
    List<AttachedPolicy> policies = new ArrayList<>();
    role.inline().forEach((name, document) -> policies.add(attached(name, document.toString())));
    List<ManagedPolicy> attached = new ArrayList<>();
    for (String arn : role.attached()) {
      @Nullable ManagedPolicy policy = managed.find(arn);
      if (policy != null) {
        attached.add(policy);
        policies.add(attached(arn, policy.document().toString()));
      }
    }
    return new Parsed(role, List.copyOf(attached), PolicySet.identity(policies));
  }

  private static AttachedPolicy attached(String name, String document) {
    return new AttachedPolicy(PolicyKind.IDENTITY, name, Policy.parse(document));
  }
}
