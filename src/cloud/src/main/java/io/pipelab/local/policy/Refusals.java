package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.Verdict.ExplicitDeny;
import io.pipelab.local.policy.Verdict.ImplicitDeny;

/** AWS's words for a refusal (IAM User Guide, "Troubleshoot access denied error messages"). */
public final class Refusals {
  private Refusals() {}

  /** {@code User: ARN is not authorized to perform: ACTION on resource: ARN because ...}. */
  public static String message(RequestContext request, Verdict verdict) {
    String who =
        request.caller() instanceof Caller.Anonymous ? "anonymous" : request.caller().arn();
    String what = "User: " + who + " is not authorized to perform: " + request.action();
    // Actions without a resource of their own are asked for "*", which is no resource to name.
    String on = request.resource().equals("*") ? "" : " on resource: " + request.resource();
    return what + on + " " + reason(request, verdict);
  }

  /** What stands behind the resource: {@code because no identity-based policy allows ...}. */
  public static String reason(RequestContext request, Verdict verdict) {
    if (verdict instanceof ExplicitDeny deny) {
      String where = "with an explicit deny in " + deny.policy().kind().withArticle();
      return deny.policy().name().startsWith("arn:") ? where + ": " + deny.policy().name() : where;
    }
    if (verdict instanceof ImplicitDeny deny) {
      return "because no " + deny.missing().words() + " allows the " + request.action() + " action";
    }
    throw new IllegalArgumentException("the request is allowed: " + request);
  }
}
