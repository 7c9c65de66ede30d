package io.pipelab.local.sts;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory.TrustedRole;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.util.List;
import java.util.Map;

/**
 * Whom a role's trust policy lets assume it: services, and the root. Users and roles are asked
 * before, for their own policies too.
 */
final class Trust {
  private static final String ASSUME = "sts:AssumeRole";

  private Trust() {}

  /**
   * Whether a service, {@code lambda.amazonaws.com}, may take the role. It does so for whatever it
   * has in the account: {@code aws:SourceArn} is {@code arn:aws:lambda:REGION:ACCOUNT:*}.
   */
  static boolean allowsService(TrustedRole role, String service, CloudIdentity cloud) {
    String prefix = service.substring(0, service.indexOf('.') < 0 ? 0 : service.indexOf('.'));
    String source = cloud.arn(prefix.startsWith("ecs") ? "ecs" : prefix, "*");
    return allows(role, new Caller.ServicePrincipal(service, source), Map.of(), cloud);
  }

  /**
   * Whether a caller may take the role.
   *
   * @param keys the condition keys of the request
   */
  static boolean allows(
      TrustedRole role, Caller caller, Map<String, List<String>> keys, CloudIdentity cloud) {
    RequestContext request = RequestContext.of(caller, ASSUME, role.arn(), cloud).withAll(keys);
    return Policy.parse(role.trustPolicy().toString()).decide(request) == Decision.ALLOW;
  }
}
