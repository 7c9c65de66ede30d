package io.pipelab.local.sts;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.FederatedUser;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** Temporary keys for users and the root: GetSessionToken, GetFederationToken. */
final class UserSessions {
  private static final int DEFAULT_SECONDS = 43200;

  /** The root's keys live no longer, whatever is asked for. */
  private static final int MOST_OF_ROOT = 3600;

  private final CloudIdentity identity;
  private final Sessions sessions;
  private final Narrowing narrowing;

  UserSessions(CloudIdentity identity, Sessions sessions, Narrowing narrowing) {
    this.identity = identity;
    this.sessions = sessions;
    this.narrowing = narrowing;
  }

  void addTo(Actions actions) {
    actions
        .on(GetSessionTokenRequest.class, this::getSessionToken)
        .on(GetFederationTokenRequest.class, this::getFederationToken);
  }

  private GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request, Caller caller) {
    requireLongTerm(caller, "GetSessionToken");
    Function<String, Caller> same =
        caller instanceof Caller.User user
            ? key -> new Caller.User(user.arn(), user.userId(), user.userName(), key)
            : key -> new Caller.Operator(caller.arn(), key);
    Session session =
        sessions.open(
            same, lifetime(request.durationSeconds(), caller), Grant.plain(sessions.now()));
    return GetSessionTokenResponse.builder().credentials(credentials(session)).build();
  }

  private GetFederationTokenResponse getFederationToken(
      GetFederationTokenRequest request, Caller caller) {
    requireLongTerm(caller, "GetFederationToken");
    String arn = identity.globalArn("sts", "federated-user/" + request.name());
    Grant none = Grant.plain(sessions.now());
    SessionTags tags = SessionTags.of(request.tags(), List.of(), none);
    Grant grant =
        new Grant(
            narrowing.orNothing(request.policy(), request.policyArns()),
            tags.tags(),
            tags.transitive(),
            null,
            sessions.now());
    Session session =
        sessions.open(
            key -> new Caller.FederatedUser(arn, request.name(), caller, key),
            lifetime(request.durationSeconds(), caller),
            grant);
    return GetFederationTokenResponse.builder()
        .credentials(credentials(session))
        .federatedUser(
            FederatedUser.builder()
                .arn(arn)
                .federatedUserId(identity.account() + ":" + request.name())
                .build())
        .build();
  }

  private void requireLongTerm(Caller caller, String action) {
    if (sessions.of(caller) != null) {
      throw AwsError.accessDenied(
          "AccessDenied", "Cannot call " + action + " with session credentials");
    }
  }

  private static Duration lifetime(@Nullable Integer asked, Caller caller) {
    int seconds = Objects.requireNonNullElse(asked, DEFAULT_SECONDS);
    boolean root = caller instanceof Caller.Operator;
    return Duration.ofSeconds(root ? Math.min(seconds, MOST_OF_ROOT) : seconds);
  }

  static Credentials credentials(Session session) {
    return Credentials.builder()
        .accessKeyId(session.keys().accessKeyId())
        .secretAccessKey(session.keys().secretAccessKey())
        .sessionToken(session.keys().sessionToken())
        .expiration(session.expires())
        .build();
  }
}
