package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Who may invoke a function. Services need a statement of its resource policy; the operator and
 * role sessions are let in, because IAM's policies are not enforced yet: this is the place.
 */
final class Authorizer {
  private static final String INVOKE = "lambda:InvokeFunction";

  private final CloudIdentity identity;

  Authorizer(CloudIdentity identity) {
    this.identity = identity;
  }

  /**
   * Lets a caller in.
   *
   * @param arn the function's ARN with the qualifier that was asked for
   * @param policy that qualifier's resource policy, or null
   * @throws AwsError AccessDeniedException
   */
  void authorize(Caller caller, String arn, @Nullable String policy) {
    if (caller instanceof Caller.Anonymous) {
      throw AwsError.accessDenied(
          "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    if (caller instanceof Caller.ServicePrincipal service && !allows(policy, service, arn)) {
      throw AwsError.accessDenied(
          "AccessDeniedException",
          service.service()
              + " is not authorized to perform: "
              + INVOKE
              + " on resource: "
              + arn
              + " because no resource-based policy allows the "
              + INVOKE
              + " action for "
              + service.sourceArn());
    }
  }

  private boolean allows(@Nullable String policy, Caller.ServicePrincipal caller, String arn) {
    return policy != null
        && Policy.parse(policy).decide(RequestContext.of(caller, INVOKE, arn, identity))
            == Decision.ALLOW;
  }
}
