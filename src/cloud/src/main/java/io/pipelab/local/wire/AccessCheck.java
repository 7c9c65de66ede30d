package io.pipelab.local.wire;

import io.pipelab.local.declared.IamQuestion;
import io.pipelab.local.declared.IamUses;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Asks whether a caller may make a request, for whatever IAM asks about it: as declared beside the
 * service. It comes before the request's members are validated, so that who may not call learns
 * nothing of the rest.
 */
public final class AccessCheck {
  /** Lets every caller make every request. */
  public static final AccessCheck NONE =
      new AccessCheck(AccessControl.NONE, new CloudIdentity("", "", URI.create("")));

  private final AccessControl control;
  private final CloudIdentity identity;

  public AccessCheck(AccessControl control, CloudIdentity identity) {
    this.control = control;
    this.identity = identity;
  }

  /**
   * Lets a request pass that its caller may make.
   *
   * @param declared what IAM is asked about the service's requests
   * @param service the signing name
   * @param requestId empty when the request has none yet
   * @throws AwsError in the service's own words
   */
  public void require(
      SdkPojo request, Caller caller, HonouredMembers declared, String service, String requestId) {
    if (caller instanceof Caller.Operator && !service.equals("s3")) {
      return; // root; only a bucket's policy binds him
    }
    Optional<IamUses> uses = declared.iam(request);
    if (uses.isEmpty()) {
      return;
    }
    Map<String, String> names =
        Map.of("Region", identity.region(), "Account", identity.account(), "Caller", caller.arn());
    for (IamQuestion each : uses.get().questions(new PojoMembers(request), names)) {
      require(
          new AccessControl.Use(caller, each.action(), each.resource(), each.keys()),
          service,
          requestId);
    }
  }

  /**
   * Lets a caller use an action on a resource.
   *
   * @throws AwsError in the service's own words
   */
  public void require(AccessControl.Use use, String service, String requestId) {
    Optional<AccessControl.Refusal> refusal = control.refusal(use, requestId);
    if (refusal.isPresent()) {
      throw DeniedErrors.of(refusal.get(), service);
    }
  }
}
