package io.pipelab.local.sts;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Callers;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import io.pipelab.local.kernel.RoleDirectory.TrustedRole;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.kernel.UserKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys that STS issued and those of users, and whose they are. Other keys are the root's,
 * whatever they are: outside the cloud there is nobody else. What looks like a temporary key is one
 * of STS or nobody's. Lifetimes are real time, because the clients that hold the keys look at their
 * own clock.
 */
public final class Sessions implements RoleSessions, Callers {
  private static final String TEMPORARY = "ASIA";

  /** How long expired keys are known as such. */
  private static final Duration REMEMBERED = Duration.ofHours(12);

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Map<String, Session> byAccessKey = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final CloudIdentity identity;
  private final RoleDirectory roles;
  private final UserKeys users;
  private final Clock wall;

  public Sessions(CloudIdentity identity, RoleDirectory roles, UserKeys users, Clock wall) {
    this.identity = identity;
    this.roles = roles;
    this.users = users;
    this.wall = wall;
  }

  @Override
  public Keys issue(String roleArn, String sessionName, String service, Duration lifetime) {
    TrustedRole role = role(roleArn);
    if (!Trust.allowsService(role, service, identity)) {
      throw AwsError.accessDenied(
          "AccessDenied",
          service + " is not authorized to perform: sts:AssumeRole on resource: " + roleArn);
    }
    return open(role, sessionName, lifetime, Grant.plain(wall.instant())).keys();
  }

  @Override
  public AccessKey byId(String accessKeyId) {
    Session session = byAccessKey.get(accessKeyId);
    if (session == null && accessKeyId.startsWith(TEMPORARY)) {
      throw AwsError.accessDenied(
          "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    if (session == null) {
      return users
          .find(accessKeyId)
          .orElseGet(() -> new AccessKey(new Caller.Operator(rootArn(), accessKeyId), null));
    }
    if (!session.expires().isAfter(wall.instant())) {
      throw AwsError.accessDenied(
          "ExpiredToken", "The security token included in the request is expired");
    }
    Keys keys = session.keys();
    return new AccessKey(
        session.caller(), new AccessKey.Secret(keys.secretAccessKey(), keys.sessionToken()));
  }

  @Override
  public void called(Caller caller, String service, String region) {
    if (caller instanceof Caller.User user) {
      users.used(user.accessKeyId(), service, region);
    } else if (caller instanceof Caller.RoleSession session) {
      roles.used(session.roleArn(), service, region);
    }
  }

  String rootArn() {
    return identity.globalArn("iam", "root");
  }

  TrustedRole role(String roleArn) {
    return roles
        .role(roleArn)
        .orElseThrow(
            () ->
                AwsError.accessDenied(
                    "AccessDenied",
                    "Not authorized to perform sts:AssumeRole: " + roleArn + " does not exist"));
  }

  Session open(TrustedRole role, String sessionName, Duration lifetime, Grant grant) {
    String arn = identity.globalArn("sts", "assumed-role/" + role.name() + "/" + sessionName);
    return open(key -> new Caller.RoleSession(arn, role.arn(), sessionName, key), lifetime, grant);
  }

  /**
   * Issues keys.
   *
   * @param caller who calls with the keys of that id
   */
  Session open(Function<String, Caller> caller, Duration lifetime, Grant grant) {
    Keys keys = newKeys();
    byAccessKey.values().removeIf(old -> old.expires().isBefore(wall.instant().minus(REMEMBERED)));
    Session session =
        new Session(caller.apply(keys.accessKeyId()), keys, wall.instant().plus(lifetime), grant);
    byAccessKey.put(keys.accessKeyId(), session);
    return session;
  }

  /** The session whose keys a caller called with; null when they were no session's. */
  @Nullable Session of(Caller caller) {
    String key =
        caller instanceof Caller.RoleSession role
            ? role.accessKeyId()
            : caller instanceof Caller.User user
                ? user.accessKeyId()
                : caller instanceof Caller.FederatedUser federated
                    ? federated.accessKeyId()
                    : caller instanceof Caller.Operator root ? root.accessKeyId() : "";
    return byAccessKey.get(key);
  }

  /** What the caller's session was opened with. */
  Grant grant(Caller caller) {
    Session session = of(caller);
    return session == null ? Grant.plain(now()) : session.grant();
  }

  Instant now() {
    return wall.instant();
  }

  private Keys newKeys() {
    StringBuilder id = new StringBuilder(TEMPORARY);
    for (int i = 0; i < 16; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new Keys(id.toString(), randomText(30), randomText(96));
  }

  private String randomText(int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return Base64.getEncoder().encodeToString(noise);
  }
}
