package io.pipelab.local.sts;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Callers;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import io.pipelab.local.kernel.RoleDirectory.TrustedRole;
import io.pipelab.local.kernel.RoleSessions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that STS issued, and whose they are. Any key that it did not issue is the operator's:
 * outside the cloud there is nobody else. Lifetimes are real time, because the clients that hold
 * the keys look at their own clock.
 */
public final class Sessions implements RoleSessions, Callers {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Map<String, Session> byAccessKey = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final CloudIdentity identity;
  private final RoleDirectory roles;
  private final Clock wall;

  public Sessions(CloudIdentity identity, RoleDirectory roles, Clock wall) {
    this.identity = identity;
    this.roles = roles;
    this.wall = wall;
  }

  @Override
  public Keys issue(String roleArn, String sessionName, String service, Duration lifetime) {
    TrustedRole role = role(roleArn);
    if (!Trust.allowsService(role.trustPolicy(), service)) {
      throw AwsError.accessDenied(
          "AccessDenied",
          service + " is not authorized to perform: sts:AssumeRole on resource: " + roleArn);
    }
    return open(role, sessionName, lifetime).keys();
  }

  @Override
  public Caller byAccessKey(@Nullable String accessKeyId) {
    if (accessKeyId == null) {
      return new Caller.Anonymous();
    }
    Session session = byAccessKey.get(accessKeyId);
    if (session == null) {
      return new Caller.Operator(identity.globalArn("iam", "user/pipelab"), accessKeyId);
    }
    if (session.expires().isBefore(wall.instant())) {
      throw AwsError.accessDenied(
          "ExpiredToken", "The security token included in the request is expired");
    }
    return session.caller();
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

  Session open(TrustedRole role, String sessionName, Duration lifetime) {
    Keys keys = newKeys();
    String arn = identity.globalArn("sts", "assumed-role/" + role.name() + "/" + sessionName);
    return keep(
        new Caller.RoleSession(arn, role.arn(), sessionName, keys.accessKeyId()), keys, lifetime);
  }

  Session open(Caller caller, Duration lifetime) {
    return keep(caller, newKeys(), lifetime);
  }

  private Session keep(Caller caller, Keys keys, Duration lifetime) {
    byAccessKey.values().removeIf(old -> old.expires().isBefore(wall.instant().minus(lifetime)));
    Session session = new Session(caller, keys, wall.instant().plus(lifetime));
    byAccessKey.put(keys.accessKeyId(), session);
    return session;
  }

  private Keys newKeys() {
    StringBuilder id = new StringBuilder("ASIA");
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
