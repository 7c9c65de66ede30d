package io.pipelab.local.sts;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory.TrustedRole;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** STS of the embedded cloud. */
public final class Sts implements AwsService {
  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  private final CloudIdentity identity;
  private final Sessions sessions;

  public Sts(CloudIdentity identity, Sessions sessions) {
    this.identity = identity;
    this.sessions = sessions;
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public Actions actions() {
    return new Actions()
        .on(GetCallerIdentityRequest.class, this::getCallerIdentity)
        .on(AssumeRoleRequest.class, this::assumeRole)
        .on(GetSessionTokenRequest.class, this::getSessionToken)
        .on(
            GetAccessKeyInfoRequest.class,
            request -> GetAccessKeyInfoResponse.builder().account(identity.account()).build());
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
    return caller instanceof Caller.User user ? user.userId() : identity.account();
  }

  private AssumeRoleResponse assumeRole(AssumeRoleRequest request, Caller caller) {
    if (request.policy() != null || request.hasPolicyArns()) {
      throw AwsError.notImplemented("sts:AssumeRole with a session policy");
    }
    TrustedRole role = sessions.role(request.roleArn());
    // Users and roles were asked before, for the trust policy among others.
    if (caller instanceof Caller.Operator
        && !Trust.allowsAccount(role.trustPolicy(), identity.account(), caller.arn())) {
      throw AwsError.accessDenied(
          "AccessDenied",
          "User: "
              + caller.arn()
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + role.arn());
    }
    Duration lifetime =
        request.durationSeconds() == null
            ? DEFAULT_LIFETIME
            : Duration.ofSeconds(request.durationSeconds());
    Session session = sessions.open(role, request.roleSessionName(), lifetime);
    return AssumeRoleResponse.builder()
        .credentials(credentials(session))
        .assumedRoleUser(
            AssumedRoleUser.builder()
                .arn(session.caller().arn())
                .assumedRoleId(role.roleId() + ":" + request.roleSessionName())
                .build())
        .build();
  }

  private GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request, Caller caller) {
    Duration lifetime =
        Duration.ofSeconds(Objects.requireNonNullElse(request.durationSeconds(), 43200));
    return GetSessionTokenResponse.builder()
        .credentials(credentials(sessions.open(caller, lifetime)))
        .build();
  }

  private static Credentials credentials(Session session) {
    return Credentials.builder()
        .accessKeyId(session.keys().accessKeyId())
        .secretAccessKey(session.keys().secretAccessKey())
        .sessionToken(session.keys().sessionToken())
        .expiration(session.expires())
        .build();
  }
}
