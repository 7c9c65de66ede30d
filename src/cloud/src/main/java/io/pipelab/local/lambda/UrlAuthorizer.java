package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;

/**
 * Who may call a function by its URL. It takes two permissions since October 2025: {@code
 * lambda:InvokeFunctionUrl}, and {@code lambda:InvokeFunction} by way of the URL (Lambda Developer
 * Guide, "Control access to Lambda function URLs").
 */
final class UrlAuthorizer {
  private final CloudIdentity identity;
  private final AccessControl access;

  UrlAuthorizer(CloudIdentity identity, AccessControl access) {
    this.identity = identity;
    this.access = access;
  }

  /**
   * The caller, if he is let in; null if not. With AuthType NONE nobody is asked who he is.
   *
   * @param policy the resource policy of the function or alias, or null
   */
  @Nullable Caller admitted(HttpCall call, FunctionUrl url, String arn, @Nullable String policy) {
    boolean open = url.config().authType() == FunctionUrlAuthType.NONE;
    Caller caller =
        open || !"lambda".equals(call.signingName()) ? new Caller.Anonymous() : call.caller();
    Policy parsed = policy == null ? null : Policy.parse(policy);
    RequestContext byUrl =
        RequestContext.of(caller, "lambda:InvokeFunctionUrl", arn, identity)
            .with("lambda:FunctionUrlAuthType", url.config().authTypeAsString());
    RequestContext byFunction =
        RequestContext.of(caller, "lambda:InvokeFunction", arn, identity)
            .with("lambda:InvokedViaFunctionUrl", "true");
    boolean both = allows(byUrl, open, parsed) && allows(byFunction, open, parsed);
    return both ? caller : null;
  }

  private boolean allows(RequestContext request, boolean open, @Nullable Policy policy) {
    Decision decision = policy == null ? Decision.SILENT : policy.decide(request);
    Caller caller = request.caller();
    if (decision == Decision.DENY || (!open && caller instanceof Caller.Anonymous)) {
      return false;
    }
    if (decision == Decision.ALLOW || caller instanceof Caller.Operator) {
      return true;
    }
    return !(caller instanceof Caller.Anonymous)
        && access.allows(
            new AccessControl.Use(caller, request.action(), request.resource(), request.keys()));
  }
}
