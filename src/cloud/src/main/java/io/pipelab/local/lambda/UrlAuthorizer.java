package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.RolePermissions;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;

/**
 * Who may call a function by its URL. It takes two permissions since October 2025: {@code
 * lambda:InvokeFunctionUrl}, and {@code lambda:InvokeFunction} by way of the URL (Lambda Developer
 * Guide, "Control access to Lambda function URLs").
 */
final class UrlAuthorizer {
  /** The actions with the condition key that AWS sets for each. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "lambda:InvokeFunctionUrl", "lambda:FunctionUrlAuthType",
          "lambda:InvokeFunction", "lambda:InvokedViaFunctionUrl");

  private final CloudIdentity identity;
  private final RolePermissions permissions;

  UrlAuthorizer(CloudIdentity identity, RolePermissions permissions) {
    this.identity = identity;
    this.permissions = permissions;
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
    String type = url.config().authTypeAsString();
    boolean all =
        NEEDED.entrySet().stream()
            .allMatch(
                each -> {
                  String key = each.getValue();
                  String value = key.equals("lambda:FunctionUrlAuthType") ? type : "true";
                  RequestContext request =
                      RequestContext.of(caller, each.getKey(), arn, identity).with(key, value);
                  return allows(request, open, policy);
                });
    return all ? caller : null;
  }

  private boolean allows(RequestContext request, boolean open, @Nullable String policy) {
    Decision decision = policy == null ? Decision.SILENT : Policy.parse(policy).decide(request);
    Caller caller = request.caller();
    if (decision == Decision.DENY || (!open && caller instanceof Caller.Anonymous)) {
      return false;
    }
    if (decision == Decision.ALLOW || caller instanceof Caller.Operator) {
      return true;
    }
    return caller instanceof Caller.RoleSession session
        && permissions.allows(session.roleArn(), request.action(), request.resource());
  }
}
