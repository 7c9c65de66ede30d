package io.pipelab.local.ecr;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** The passwords of the registry's user {@code AWS}; each is good for twelve hours. */
final class AuthorizationTokens {
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final SecureRandom random = new SecureRandom();

  /** Hashes of the passwords to when they expire; the passwords themselves are not kept. */
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  AuthorizationTokens(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  AuthorizationData issue() {
    Instant now = clock.now();
    expiries.values().removeIf(expiry -> expiry.isBefore(now));
    byte[] secret = new byte[48];
    random.nextBytes(secret);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant expiry = now.plus(LIFETIME);
    expiries.put(hash(password), expiry);
    return AuthorizationData.builder()
        .authorizationToken(
            Base64.getEncoder()
                .encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8)))
        .expiresAt(expiry)
        .proxyEndpoint(identity.endpoint().toString())
        .build();
  }

  /** Whether an Authorization header carries a password that was issued and has not expired. */
  boolean admits(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    String userAndPassword;
    try {
      userAndPassword =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (!userAndPassword.startsWith("AWS:")) {
      return false;
    }
    Instant expiry = expiries.get(hash(userAndPassword.substring(4)));
    return expiry != null && clock.now().isBefore(expiry);
  }

  private static String hash(String password) {
    return Digests.of(password.getBytes(StandardCharsets.UTF_8));
  }
}
