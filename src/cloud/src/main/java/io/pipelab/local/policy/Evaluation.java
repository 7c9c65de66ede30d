package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.Verdict.Allowed;
import io.pipelab.local.policy.Verdict.ExplicitDeny;
import io.pipelab.local.policy.Verdict.ImplicitDeny;
import org.jspecify.annotations.Nullable;

/**
 * The decision over a request within one account (IAM User Guide, "How AWS enforcement code logic
 * evaluates requests to allow or deny access"): an explicit deny anywhere ends it; then the
 * resource's policy, whose allow stands alone if it names the caller himself; then the identity's
 * policies, the permissions boundary, the session's policy.
 */
public final class Evaluation {
  private static final Verdict ALLOWED = new Allowed();

  private Evaluation() {}

  /** What the policies come to for a request. The account's root is not asked: see the caller. */
  public static Verdict of(PolicySet policies, RequestContext request) {
    Outcome resource = outcome(policies.resource(), request);
    Outcome boundary = outcome(policies.boundary(), request);
    Outcome session = outcome(policies.session(), request);
    Verdict denied = denied(policies, resource, boundary, session);
    boolean allowed = false;
    for (AttachedPolicy each : policies.identity()) {
      Outcome outcome = each.policy().outcome(request);
      if (outcome.decision() == Decision.DENY) {
        return deny(each, outcome);
      }
      allowed |= outcome.decision() == Decision.ALLOW;
    }
    if (denied != null) {
      return denied;
    }
    if (resource.naming() == Naming.ITSELF) {
      return ALLOWED;
    }
    PolicyKind missing = missing(policies, request.caller(), resource, allowed);
    if (missing != null) {
      return new ImplicitDeny(missing);
    }
    return bounded(policies, boundary, session);
  }

  private static Outcome outcome(@Nullable AttachedPolicy policy, RequestContext request) {
    return policy == null ? Outcome.SILENT : policy.policy().outcome(request);
  }

  private static @Nullable Verdict denied(
      PolicySet policies, Outcome resource, Outcome boundary, Outcome session) {
    if (policies.resource() != null && resource.decision() == Decision.DENY) {
      return deny(policies.resource(), resource);
    }
    if (policies.boundary() != null && boundary.decision() == Decision.DENY) {
      return deny(policies.boundary(), boundary);
    }
    if (policies.session() != null && session.decision() == Decision.DENY) {
      return deny(policies.session(), session);
    }
    return null;
  }

  /** The kind of policy that would have to allow the request and does not; null when it does. */
  private static @Nullable PolicyKind missing(
      PolicySet policies, Caller caller, Outcome resource, boolean identityAllows) {
    boolean resourceAllows = resource.decision() == Decision.ALLOW;
    boolean resourceDecides =
        policies.resourceMustAllow()
            || caller instanceof Caller.ServicePrincipal
            || caller instanceof Caller.Anonymous;
    if (resourceDecides && !resourceAllows) {
      AttachedPolicy policy = policies.resource();
      return policy == null ? PolicyKind.RESOURCE : policy.kind();
    }
    if (identityAllows || resource.naming() == Naming.BY_ROLE) {
      return null;
    }
    return PolicyKind.IDENTITY;
  }

  private static Verdict bounded(PolicySet policies, Outcome boundary, Outcome session) {
    if (policies.boundary() != null && boundary.decision() != Decision.ALLOW) {
      return new ImplicitDeny(PolicyKind.BOUNDARY);
    }
    if (policies.session() != null && session.decision() != Decision.ALLOW) {
      return new ImplicitDeny(PolicyKind.SESSION);
    }
    return ALLOWED;
  }

  private static Verdict deny(AttachedPolicy policy, Outcome outcome) {
    Statement statement = outcome.statement();
    return statement == null
        ? new ImplicitDeny(policy.kind())
        : new ExplicitDeny(policy, statement.sid(), statement.position());
  }
}
