package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RolePermissions;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.util.ArrayList;
import java.util.List;

/** What the policies of roles come to. */
final class RolePolicies implements RolePermissions {
  private final CloudIdentity identity;
  private final Roles roles;
  private final ManagedPolicies policies;

  RolePolicies(CloudIdentity identity, Roles roles, ManagedPolicies policies) {
    this.identity = identity;
    this.roles = roles;
    this.policies = policies;
  }

  @Override
  public boolean allows(String roleArn, String action, String resource) {
    Caller caller = new Caller.RoleSession(roleArn, roleArn, "", "");
    RequestContext request = RequestContext.of(caller, action, resource, identity);
    List<Decision> decisions = new ArrayList<>();
    for (JsonNode document : documents(roleArn)) {
      decisions.add(Policy.parse(document.toString()).decide(request));
    }
    return decisions.contains(Decision.ALLOW) && !decisions.contains(Decision.DENY);
  }

  private List<JsonNode> documents(String roleArn) {
    List<JsonNode> documents = new ArrayList<>();
    for (Role role : roles.list("/")) {
      if (role.arn().equals(roleArn)) {
        documents.addAll(role.inline().values());
        role.attached().forEach(arn -> documents.add(policies.get(arn).document()));
      }
    }
    return documents;
  }
}
