package io.pipelab.local.sts;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RefusalMessages;
import io.pipelab.local.policy.SessionPolicies;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageRequest;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageResponse;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS of the embedded cloud. */
public final class Sts implements AwsService {
  private final CloudIdentity identity;
  private final Sessions sessions;
  private final SessionPolicies policies;
  private final RefusalMessages refusals;

  public Sts(
      CloudIdentity identity,
      Sessions sessions,
      SessionPolicies policies,
      RefusalMessages refusals) {
    this.identity = identity;
    this.sessions = sessions;
    this.policies = policies;
    this.refusals = refusals;
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public Actions actions() {
    Narrowing narrowing = new Narrowing(policies);
    Actions actions =
        new Actions()
            .on(GetCallerIdentityRequest.class, this::getCallerIdentity)
            .on(GetAccessKeyInfoRequest.class, this::getAccessKeyInfo)
            .on(DecodeAuthorizationMessageRequest.class, this::decodeAuthorizationMessage);
    new AssumeRole(identity, sessions, narrowing).addTo(actions);
    new UserSessions(identity, sessions, narrowing).addTo(actions);
    return actions;
  }

  private GetCallerIdentityResponse getCallerIdentity(
      GetCallerIdentityRequest request, Caller caller) {
    return GetCallerIdentityResponse.builder()
        .account(identity.account())
        .arn(caller.arn())
        .userId(userId(caller))
        .build();
  }

  private String userId(Caller caller) {
    if (caller instanceof Caller.RoleSession session) {
      return sessions.role(session.roleArn()).roleId() + ":" + session.sessionName();
    }
    if (caller instanceof Caller.FederatedUser user) {
      return identity.account() + ":" + user.name();
    }
    return caller instanceof Caller.User user ? user.userId() : identity.account();
  }

  /** All keys are this account's: there is no other. */
  private GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest request) {
    return GetAccessKeyInfoResponse.builder().account(identity.account()).build();
  }

  private DecodeAuthorizationMessageResponse decodeAuthorizationMessage(
      DecodeAuthorizationMessageRequest request) {
    String decoded =
        refusals
            .decoded(request.encodedMessage())
            .orElseThrow(
                () ->
                    AwsError.badRequest(
                        "InvalidAuthorizationMessageException", "Message is not valid"));
    return DecodeAuthorizationMessageResponse.builder().decodedMessage(decoded).build();
  }
}
