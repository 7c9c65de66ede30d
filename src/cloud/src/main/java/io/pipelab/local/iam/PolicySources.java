package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.PolicyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whose policies a simulation begins with, by {@code PolicySourceArn}. */
final class PolicySources {
  /**
   * A user, a group or a role.
   *
   * @param caller who would call; for a group, a user of no name
   * @param boundary none or one
   */
  record Source(
      Caller caller,
      List<SimulatedPolicy> policies,
      List<SimulatedPolicy> boundary,
      Map<String, List<String>> keys) {}

  private final Users users;
  private final Roles roles;
  private final ManagedPolicies managed;
  private final BindingPolicies binding;

  PolicySources(Users users, Roles roles, ManagedPolicies managed, BindingPolicies binding) {
    this.users = users;
    this.roles = roles;
    this.managed = managed;
    this.binding = binding;
  }

  /**
   * The one of that ARN.
   *
   * @throws AwsError NoSuchEntity, or InvalidInput when it is none of the three
   */
  Source of(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    if (arn.contains(":user/")) {
      User user = users.all().get(name);
      List<SimulatedPolicy> policies = new ArrayList<>(policies("user", user.identity()));
      users.groupsOf(user).forEach(each -> policies.addAll(policies("group", each.identity())));
      return source(
          new Caller.User(user.arn(), user.identity().id(), user.name(), ""),
          policies,
          user.identity());
    } else if (arn.contains(":role/")) {
      Role role = roles.get(name);
      return source(
          new Caller.RoleSession(role.arn(), role.arn(), "", ""),
          policies("role", role.identity()),
          role.identity());
    } else if (arn.contains(":group/")) {
      Group group = users.groups().get(name);
      Caller anyone = new Caller.User(group.arn(), "", "", "");
      return new Source(anyone, policies("group", group.identity()), List.of(), Map.of());
    }
    throw AwsError.badRequest("InvalidInput", "Invalid Entity Arn: " + arn);
  }

  private Source source(Caller caller, List<SimulatedPolicy> policies, Identity identity) {
    String arn = identity.boundary();
    ManagedPolicy policy = arn == null ? null : managed.find(arn);
    List<SimulatedPolicy> boundary =
        policy == null
            ? List.of()
            : List.of(
                SimulatedPolicy.stored(PolicyKind.BOUNDARY, policy.name(), policy.document()));
    return new Source(caller, policies, boundary, binding.keysOf(caller));
  }

  /** Inline ones are named {@code user_bob_POLICY}, managed ones by their name. */
  private List<SimulatedPolicy> policies(String kind, Identity identity) {
    List<SimulatedPolicy> policies = new ArrayList<>();
    identity
        .inline()
        .forEach(
            (name, document) ->
                policies.add(
                    SimulatedPolicy.stored(
                        PolicyKind.IDENTITY, kind + "_" + identity.name() + "_" + name, document)));
    for (String arn : identity.attached()) {
      ManagedPolicy policy = managed.find(arn);
      if (policy != null) {
        policies.add(SimulatedPolicy.stored(PolicyKind.IDENTITY, policy.name(), policy.document()));
      }
    }
    return policies;
  }
}
