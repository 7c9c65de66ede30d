package io.pipelab.local.sts;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policies that bind callers: IAM's, and what their sessions were narrowed to. */
public final class SessionRights implements CallerPolicies {
  /** What the root may, which a federated user of his is narrowed from. */
  private static final AttachedPolicy ALL =
      new AttachedPolicy(
          PolicyKind.IDENTITY,
          "root",
          Policy.parse(
              "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"));

  private final CallerPolicies iam;
  private final Sessions sessions;
  private final CloudIdentity cloud;

  public SessionRights(CallerPolicies iam, Sessions sessions, CloudIdentity cloud) {
    this.iam = iam;
    this.sessions = sessions;
    this.cloud = cloud;
  }

  @Override
  public PolicySet of(Caller caller) {
    boolean ofRoot =
        caller instanceof Caller.FederatedUser user && user.issuer() instanceof Caller.Operator;
    PolicySet own = ofRoot ? PolicySet.identity(List.of(ALL)) : iam.of(caller);
    AttachedPolicy narrowed = sessions.grant(caller).policy();
    return narrowed == null
        ? own
        : new PolicySet(
            own.identity(), own.resource(), own.resourceMustAllow(), own.boundary(), narrowed);
  }

  @Override
  public Map<String, List<String>> keysOf(Caller caller) {
    Map<String, List<String>> keys = new LinkedHashMap<>(iam.keysOf(caller));
    if (caller instanceof Caller.FederatedUser user) {
      keys.put("aws:userid", List.of(cloud.account() + ":" + user.name()));
    }
    Session session = sessions.of(caller);
    if (session != null) {
      keys.putAll(session.grant().keys());
    }
    return keys;
  }
}
