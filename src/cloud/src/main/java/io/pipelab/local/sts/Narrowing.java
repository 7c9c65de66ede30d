package io.pipelab.local.sts;

import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.SessionPolicies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;

/** Makes one session policy of what a request passes: each of its policies may allow. */
final class Narrowing {
  private final SessionPolicies policies;

  Narrowing(SessionPolicies policies) {
    this.policies = policies;
  }

  /**
   * The session's policy; null when none is passed.
   *
   * @param document an inline policy, or null
   */
  @Nullable AttachedPolicy of(@Nullable String document, List<PolicyDescriptorType> arns) {
    List<Policy> all = new ArrayList<>();
    if (document != null) {
      all.add(policies.inline(document));
    }
    arns.forEach(each -> all.add(policies.managed(each.arn())));
    return all.isEmpty() ? null : session(all);
  }

  /** The same, but without any policy the session may nothing. */
  AttachedPolicy orNothing(@Nullable String document, List<PolicyDescriptorType> arns) {
    AttachedPolicy policy = of(document, arns);
    return policy == null ? session(List.of()) : policy;
  }

  private static AttachedPolicy session(List<Policy> all) {
    return new AttachedPolicy(PolicyKind.SESSION, "session", Policy.union(all));
  }
}
