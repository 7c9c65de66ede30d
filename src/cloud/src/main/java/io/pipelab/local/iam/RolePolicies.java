package io.pipelab.local.iam;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RolePermissions;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.Evaluation;
import io.pipelab.local.policy.RequestContext;

/** What the policies of roles come to. */
final class RolePolicies implements RolePermissions {
  private final CloudIdentity identity;
  private final CallerPolicies policies;

  RolePolicies(CloudIdentity identity, CallerPolicies policies) {
    this.identity = identity;
    this.policies = policies;
  }

  @Override
  public boolean allows(String roleArn, String action, String resource) {
    Caller caller = new Caller.RoleSession(roleArn, roleArn, "", "");
    RequestContext request = RequestContext.of(caller, action, resource, identity);
    return Evaluation.of(policies.of(caller), request).allows();
  }
}
